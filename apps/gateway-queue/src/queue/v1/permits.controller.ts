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
import { ExactQuery } from '../../http/exact-query.ts';
import { IGNORE_BODY } from '../../http/ignore-body.ts';
import { Problem } from '../../http/problem.ts';
import { problemResponse } from '../../http/problem-response.ts';
import { LIMITER, type Limiter } from '../../store/store.tokens.ts';
import { documentNoToken } from '../documented-problems.ts';
import { QueueTokenGuard } from '../queue-token.guard.ts';
import { parsePermitId } from './permit-id.ts';

const NO_CONTENT = 204;

/** Lets clients confirm and release their permits. */
@ApiTags('queue')
@ApiBearerAuth('queue')
@Access('queue')
// Above the other guard, so that it runs after it.
@ExactQuery()
@UseGuards(QueueTokenGuard)
@ApiParam({
  name: 'id',
  description: 'The id of the permit.',
  example: 'default:0d9b3a52-0f4e-4c11-9d6a-0b8f4f1f2a77',
})
@Controller('v1/permits/:id')
export class PermitsController {
  constructor(@Inject(LIMITER) private readonly limiter: Limiter) {}

  @Post('confirm')
  @HttpCode(NO_CONTENT)
  @RouteConfig(IGNORE_BODY)
  @ApiOperation({
    summary: 'Confirm that Discord has accepted the IDENTIFY (READY was seen)',
    description:
      'Possible while the permit keeps its bucket closed. A repetition changes nothing, and has the same answer for an ' +
      'hour after the permit.',
  })
  @ApiNoContentResponse({
    description: 'The bucket opens one plain interval after the first confirmation.',
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
    summary: 'Release a permit that was not used',
    description:
      'Possible for an hour after the permit, unless it was confirmed. A repetition changes nothing, and has the same ' +
      'answer for that hour.',
  })
  @ApiNoContentResponse({
    description:
      'The bucket opens as if the permit had not been given, unless a later permit closed it. The session start ' +
      'is returned, and the shard has its place again.',
  })
  @problemResponse({
    description: 'Unknown, confirmed, or given more than an hour ago.',
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
