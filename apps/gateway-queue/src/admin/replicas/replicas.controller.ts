import { Controller, Get, Inject } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Access } from '../../auth/access.ts';
import { LiveState } from '../../live/live-state.ts';
import { available } from '../available.ts';
import { documentLimiterUnavailable } from '../http/document-limiter.ts';
import { ReplicasBody } from './listed-replica.body.ts';

/** The processes of the service. */
@ApiTags('replicas')
@Access('viewer')
@Controller('api/v1/replicas')
export class ReplicasController {
  constructor(@Inject(LiveState) private readonly live: LiveState) {}

  @Get()
  @ApiOperation({ summary: 'List the replicas that live' })
  @ApiOkResponse({ type: ReplicasBody })
  @documentLimiterUnavailable()
  async list(): Promise<ReplicasBody> {
    const { replicas } = available(await this.live.snapshot());
    const items = Object.entries(replicas).map(([replica, body]) =>
      Object.assign({ replica }, body),
    );
    return { items: items.toSorted((a, b) => (a.replica < b.replica ? -1 : 1)) };
  }
}
