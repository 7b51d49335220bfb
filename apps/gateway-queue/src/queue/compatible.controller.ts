import { All, Controller, Inject, Query, Req, Res, UseGuards } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Access } from '../auth/access.ts';
import { IGNORE_BODY } from '../http/ignore-body.ts';
import type { Answers } from './answers.ts';
import { deliver } from './deliver.ts';
import { documentBadQuery, documentNoToken } from './documented-problems.ts';
import { Holding } from './holding.ts';
import { IdentifyQuery, shardOf } from './identify.query.ts';
import { QueueTokenGuard } from './queue-token.guard.ts';
import { UnnamedShards } from './unnamed-shards.ts';

/** What twilight-rs/gateway-queue answers; clients may look at it. */
const LEAVE_TO_IDENTIFY = { message: "You're free to connect now! :)" };

/** As bytes, for Fastify adds a charset to text, and the content type is part of what is compatible. */
const ANSWER = Buffer.from(JSON.stringify(LEAVE_TO_IDENTIFY));

/** A well-formed request has its permit or no answer at all: many clients take any answer as leave to identify. */
const ANSWERS: Answers = {
  whenSentAway: 'close',
  granted: (reply) => deliver(reply, ANSWER),
  turnedAway(reply, _why, close) {
    reply.hijack();
    close();
  },
};

/** The endpoint that any shard can use: it is held until the shard may identify. */
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
  @ApiOkResponse({ description: 'The shard may identify now, once.', example: LEAVE_TO_IDENTIFY })
  @documentBadQuery()
  @documentNoToken()
  async identify(
    @Query() query: IdentifyQuery,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { bot } = query;
    const shard = shardOf(query);
    await this.holding.hold(request, reply, { bot, shard, priority: 'normal' }, ANSWERS);
    if (shard === null) await this.unnamedShards.seen(bot);
  }
}
