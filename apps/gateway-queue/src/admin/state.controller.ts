import { Controller, Get, Inject } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Access } from '../auth/access.ts';
import { SnapshotBody } from '../live/bodies/snapshot.body.ts';
import { LiveState } from '../live/live-state.ts';

/** All there is to see, at once. */
@ApiTags('live')
@Access('viewer')
@Controller('api/v1/state')
export class StateController {
  constructor(@Inject(LiveState) private readonly live: LiveState) {}

  @Get()
  @ApiOperation({
    summary: 'See everything at once',
    description:
      'The live state of all replicas, whichever answers, at most a second old. What a replica reports of itself may be a ' +
      'second older.',
  })
  @ApiOkResponse({ type: SnapshotBody })
  show(): Promise<SnapshotBody> {
    return this.live.snapshot();
  }
}
