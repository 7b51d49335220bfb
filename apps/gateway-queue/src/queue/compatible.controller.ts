import { All, Controller, Inject, Query, Res, UseGuards } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Access } from '../auth/access.ts';
import { IGNORE_BODY } from '../http/ignore-body.ts';
import { documentBadQuery, documentNoToken } from './documented-problems.ts';
import { type Answers, Holding } from './holding.ts';
import { IdentifyQuery, shardOf } from './identify.query.ts';
import { QueueTokenGuard } from './queue-token.guard.ts';
import { deliver } from './response.ts';
import { UnnamedShards } from './unnamed-shards.ts';

/** What twilight-rs/gateway-queue answers. Its clients may compare it. */
const MAY_IDENTIFY = { message: "You're free to connect now! :)" };

/** As bytes: Fastify adds a charset to text, and the content type is part of what is compatible. */
const ANSWER = Buffer.from(JSON.stringify(MAY_IDENTIFY));

/** A well-formed request gets its permit or no answer at all: many clients take any answer for a permit. */
const ANSWERS: Answers = {
  whenDraining: 'close',
  granted: (reply) => deliver(reply, ANSWER),
  withoutPermit(reply, _reason, close) {
    reply.hijack();
    close();
  },
};

/** The endpoint that any client can use: it holds a request until the shard may identify. */
@ApiTags('queue')
@ApiBearerAuth('queue')
@Access('queue')
@UseGuards(QueueTokenGuard)
@Controller()
export class CompatibleController {
  constructor(
    @Inject(Holding) private readonly holding: Holding,
    @Inject(UnnamedShards) private readonly unnamedShards: UnnamedShards,
  ) {}

  @All()
  @RouteConfig(IGNORE_BODY)
  @ApiOperation({ summary: 'Wait until a shard may identify' })
  @ApiOkResponse({ description: 'The shard may identify now, once.', example: MAY_IDENTIFY })
  @documentBadQuery()
  @documentNoToken()
  async identify(@Query() query: IdentifyQuery, @Res() reply: FastifyReply): Promise<void> {
    const { bot } = query;
    const shard = shardOf(query);
    await this.holding.hold(reply, { bot, shard, priority: 'normal' }, ANSWERS);
    if (shard === null) await this.unnamedShards.seen(bot);
  }
}
