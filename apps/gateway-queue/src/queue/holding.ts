import { Inject, Injectable, Logger } from '@nestjs/common';
import {
  EvictedError,
  type GivenPermit,
  IdentifyQueue,
  type IdentifyRequest,
  WaitOverError,
} from '@gateway-queue/identify-queue';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Draining } from '../connections/draining.ts';
import { type HeldRequest, HeldRequests, SENT_AWAY } from '../connections/held-requests.ts';
import { Problem } from '../http/problem.ts';
import { Settings } from '../settings/settings.ts';
import type { Answers } from './answers.ts';
import { turnOf } from './turn.ts';

/** Holds requests until their permits come, and ends each of them exactly once. */
@Injectable()
export class Holding {
  private readonly logger = new Logger(Holding.name);
  readonly #bots: ReadonlySet<string>;

  constructor(
    @Inject(IdentifyQueue) private readonly queue: IdentifyQueue,
    @Inject(HeldRequests) private readonly heldRequests: HeldRequests,
    @Inject(Draining) private readonly draining: Draining,
    @Inject(Settings) settings: Settings,
  ) {
    this.#bots = new Set(settings.bots.map(({ id }) => id));
  }

  /**
   * Resolves when the request is over, however it ended.
   *
   * @throws Problem (as a rejection) for a bot that is not served; nothing was held then
   */
  async hold(
    request: FastifyRequest,
    reply: FastifyReply,
    asked: IdentifyRequest,
    answers: Answers,
    maxWaitMs?: number,
  ): Promise<void> {
    if (!this.#bots.has(asked.bot)) throw Problem.unknownBot();
    const { socket } = request.raw;
    const close = (): void => this.heldRequests.turnAway(socket);
    if (this.draining.isDraining) {
      answers.turnedAway(reply, 'draining', close);
      return;
    }
    const held = this.heldRequests.hold(socket, answers.whenSentAway);
    if (held === undefined) {
      answers.turnedAway(reply, 'full', close);
      return;
    }
    try {
      await turnOf(reply.raw, held.signal);
      const permit = await this.queue.wait(asked, held.signal, maxWaitMs);
      this.#conclude(permit, await answers.granted(reply, permit));
    } catch (error) {
      this.#endWithout(error, reply, answers, held);
    } finally {
      held.release();
    }
  }

  #endWithout(error: unknown, reply: FastifyReply, answers: Answers, held: HeldRequest): void {
    if (error instanceof WaitOverError && answers.notYet !== undefined) {
      answers.notYet(reply, error.outlook);
    } else if (error === SENT_AWAY) {
      answers.turnedAway(reply, 'draining', held.close);
    } else if (error instanceof EvictedError) {
      answers.turnedAway(reply, 'evicted', held.close);
    } else {
      if (!held.signal.aborted) this.logger.error(error);
      reply.hijack();
      held.close();
    }
  }

  #conclude(permit: GivenPermit, delivered: boolean): void {
    const { bot, shard, bucket } = permit;
    const waitedMs = Math.round(permit.waitedMs);
    if (delivered) {
      this.logger.log({ bot, shard, bucket, waitedMs }, 'A shard may identify');
      return;
    }
    this.queue.release(permit);
    this.logger.log(
      { bot, shard, bucket, waitedMs },
      'A shard hung up just before its permit came',
    );
  }
}
