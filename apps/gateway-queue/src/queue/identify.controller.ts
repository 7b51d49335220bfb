import { All, Controller, Inject, Logger, Query, Req, Res } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiOkResponse, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { type GivenPermit, IdentifyQueue } from '@gateway-queue/identify-queue';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Draining } from '../connections/draining.ts';
import { IGNORE_BODY } from '../http/ignore-body.ts';
import { Problem } from '../http/problem.ts';
import { Settings } from '../settings/settings.ts';
import { deliver } from './deliver.ts';
import { HeldRequests } from '../connections/held-requests.ts';
import { IdentifyQuery } from './identify.query.ts';
import { turnOf } from './turn.ts';
import { UnnamedShards } from './unnamed-shards.ts';

/** What twilight-rs/gateway-queue answers; clients may look at it. */
const LEAVE_TO_IDENTIFY = { message: "You're free to connect now! :)" };

/** As bytes, for Fastify adds a charset to text, and the content type is part of what is compatible. */
const ANSWER = Buffer.from(JSON.stringify(LEAVE_TO_IDENTIFY));

/** The endpoint that any shard can use: it is held until the shard may identify. */
@ApiTags('queue')
@Controller()
export class IdentifyController {
  private readonly logger = new Logger(IdentifyController.name);
  readonly #bots: ReadonlySet<string>;

  constructor(
    @Inject(IdentifyQueue) private readonly queue: IdentifyQueue,
    @Inject(HeldRequests) private readonly heldRequests: HeldRequests,
    @Inject(Draining) private readonly draining: Draining,
    @Inject(UnnamedShards) private readonly unnamedShards: UnnamedShards,
    @Inject(Settings) settings: Settings,
  ) {
    this.#bots = new Set(settings.bots.map(({ id }) => id));
  }

  @All()
  @RouteConfig(IGNORE_BODY)
  @ApiOperation({ summary: 'Wait until a shard may identify' })
  @ApiOkResponse({ description: 'The shard may identify now, once.', example: LEAVE_TO_IDENTIFY })
  @ApiResponse({ status: 400, description: 'A parameter is malformed, or there is no such bot.' })
  async identify(
    @Query() query: IdentifyQuery,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    if (!this.#bots.has(query.bot)) throw Problem.unknownBot();
    const held = this.draining.isDraining ? undefined : this.heldRequests.hold(request.raw.socket);
    if (held === undefined) {
      reply.hijack();
      this.heldRequests.turnAway(request.raw.socket);
      return;
    }
    try {
      await turnOf(reply.raw, held.signal);
      const permit = await this.queue.wait(
        { bot: query.bot, shard: query.shardId, priority: 'normal' },
        held.signal,
      );
      this.#conclude(permit, await deliver(reply, ANSWER));
      if (permit.shard === null) await this.unnamedShards.seen(permit.bot);
    } catch (error) {
      if (!held.signal.aborted) this.logger.error(error);
      this.#closeUnanswered(reply);
    } finally {
      held.release();
    }
  }

  #conclude(permit: GivenPermit, delivered: boolean): void {
    const { bot, shard, bucket } = permit;
    const waitedMs = Math.round(permit.waitedMs);
    if (delivered) {
      this.logger.log({ bot, shard, bucket, waitedMs }, 'A shard may identify');
      return;
    }
    this.queue.giveBack(permit);
    this.logger.log(
      { bot, shard, bucket, waitedMs },
      'A shard hung up just before its permit came',
    );
  }

  /** A well-formed request has either its permit or no answer at all: many clients take any answer as a permit. */
  #closeUnanswered(reply: FastifyReply): void {
    reply.hijack();
    reply.request.raw.socket.destroy();
  }
}
