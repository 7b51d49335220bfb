import { All, Controller, Inject, Query, Req, Res, UseGuards } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Access } from '../auth/access.ts';
import { IGNORE_BODY } from '../http/ignore-body.ts';
import { Problem } from '../http/problem.ts';
import { Settings } from '../settings/settings.ts';
import { clientOf } from './client-of.ts';
import { documentBadQuery, documentNoToken } from './documented-problems.ts';
import { type Answers, Holding } from './holding.ts';
import { IdentifyQuery, SHARD_REQUIRED, shardOf } from './identify.query.ts';
import { QueueTokenGuard } from './queue-token.guard.ts';
import { deliver } from './response.ts';
import { UnknownNames } from './unknown-names.ts';
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
    @Inject(UnknownNames) private readonly unknownNames: UnknownNames,
    @Inject(Settings) private readonly settings: Settings,
  ) {}

  @All()
  @RouteConfig(IGNORE_BODY)
  @ApiOperation({ summary: 'Wait until a shard may identify' })
  @ApiOkResponse({ description: 'The shard may identify now, once.', example: MAY_IDENTIFY })
  @documentBadQuery()
  @documentNoToken()
  async identify(
    @Query() query: IdentifyQuery,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { bot } = query;
    const shard = shardOf(query);
    this.unknownNames.seen(request);
    // Taken before the request is held: the address of a connection that has gone is not known.
    const client = shard === null ? clientOf(request) : undefined;
    if (client && this.settings.requireShard) {
      this.holding.expectServed(bot);
      this.unnamedShards.refused(bot, client);
      throw Problem.invalidParameter('shard', SHARD_REQUIRED);
    }
    const asked = { bot, shard, priority: 'normal' } as const;
    const hasPermit = await this.holding.hold(reply, asked, ANSWERS);
    if (client && hasPermit) await this.unnamedShards.permitted(bot, client);
  }
}
