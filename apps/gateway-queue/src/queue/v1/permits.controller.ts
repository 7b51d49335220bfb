import { Controller, Delete, HttpCode, Inject, Param, Post, UseGuards } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import {
  ApiBearerAuth,
  ApiNoContentResponse,
  ApiOperation,
  ApiParam,
  ApiTags,
} from '@nestjs/swagger';
import { Access } from '../../auth/access.ts';
import { IGNORE_BODY } from '../../http/ignore-body.ts';
import { Problem } from '../../http/problem.ts';
import { problemResponse } from '../../http/problem-response.ts';
import { LIMITER, type Limiter } from '../../store/store.tokens.ts';
import { documentNoToken } from '../documented-problems.ts';
import { QueueTokenGuard } from '../queue-token.guard.ts';
import { parsePermitId } from './permit-id.ts';

const NO_CONTENT = 204;

/** What becomes of permits. */
@ApiTags('queue')
@ApiBearerAuth('queue')
@Access('queue')
@UseGuards(QueueTokenGuard)
@ApiParam({
  name: 'id',
  description: 'The id of the permit, as it was given.',
  example: 'default:0d9b3a52-0f4e-4c11-9d6a-0b8f4f1f2a77',
})
@Controller('v1/permits/:id')
export class PermitsController {
  constructor(@Inject(LIMITER) private readonly limiter: Limiter) {}

  @Post('confirm')
  @HttpCode(NO_CONTENT)
  @RouteConfig(IGNORE_BODY)
  @ApiOperation({
    summary: 'Say that Discord has accepted the IDENTIFY (READY was seen)',
    description:
      'Possible while the permit keeps its bucket closed. Saying it again changes nothing, and is answered ' +
      'alike for an hour after the permit.',
  })
  @ApiNoContentResponse({
    description: 'The bucket opens one plain interval after it was said first.',
  })
  @problemResponse({
    description: 'Unknown, released, or too late: the permit no longer keeps its bucket closed.',
    problems: [unknownPermit().body],
  })
  @documentNoToken()
  async confirm(@Param('id') id: string): Promise<void> {
    const permit = parsePermitId(id);
    if (permit && (await this.limiter.confirm(permit.bot, permit.id))) return;
    throw unknownPermit();
  }

  @Delete()
  @HttpCode(NO_CONTENT)
  @RouteConfig(IGNORE_BODY)
  @ApiOperation({
    summary: 'Give a permit back that was not used',
    description:
      'Possible for an hour after the permit, unless it was confirmed. Doing it again changes nothing, and is ' +
      'answered alike for that hour.',
  })
  @ApiNoContentResponse({
    description:
      'The bucket opens as if the permit had not been given, unless a later one closed it. The session ' +
      'starts have it back, and its shard its place.',
  })
  @problemResponse({
    description: 'Unknown, confirmed, or forgotten since: its hour is over.',
    problems: [unknownPermit().body],
  })
  @documentNoToken()
  async release(@Param('id') id: string): Promise<void> {
    const permit = parsePermitId(id);
    if (permit && (await this.limiter.release(permit.bot, permit.id))) return;
    throw unknownPermit();
  }
}

function unknownPermit(): Problem {
  return Problem.of('unknown-permit', 'There is no such permit, or it is over.');
}
