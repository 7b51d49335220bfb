import { Inject, Injectable, Logger } from '@nestjs/common';
import {
  EvictedError,
  type GivenPermit,
  IdentifyQueue,
  type IdentifyRequest,
  type Estimate,
  WaitOverError,
} from '@gateway-queue/identify-queue';
import type { FastifyReply } from 'fastify';
import { Draining } from '../connections/draining.ts';
import { DRAINED, type HeldRequest, HeldRequests } from '../connections/held-requests.ts';
import { Problem } from '../http/problem.ts';
import { Settings } from '../settings/settings.ts';
import { untilWritable } from './response.ts';

/**
 * Why a request ends without a permit: as many are held as may be, the service shuts down, or an operator has ended the
 * wait.
 */
export type NoPermitReason = 'full' | 'draining' | 'evicted';

/** How an endpoint answers a request for a permit. */
export interface Answers {
  /** What happens to a held request when the service shuts down: its connection is closed, or it is answered. */
  readonly whenDraining: 'close' | 'answer';
  /** Resolves to whether the answer was handed to the operating system while the connection stood. */
  granted(reply: FastifyReply, permit: GivenPermit): Promise<boolean>;
  /** @param close closes the connection without an answer, after the answers to earlier requests */
  withoutPermit(reply: FastifyReply, reason: NoPermitReason, close: () => void): void;
  /** The request has waited for `maxWaitMs`. Only of endpoints that have such a limit. */
  notYet?(reply: FastifyReply, estimate: Estimate): void;
}

/** Holds requests until their permits come, and ends each request exactly once. */
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
   * Resolves when the request is over: to whether the shard has its permit.
   *
   * @param asked what the request asks for
   * @param maxWaitMs how long the request may wait; without it, for as long as it takes
   * @throws Problem (as a rejection) when the bot is not served; the request was not held then
   */
  async hold(
    reply: FastifyReply,
    asked: IdentifyRequest,
    answers: Answers,
    maxWaitMs?: number,
  ): Promise<boolean> {
    this.expectServed(asked.bot);
    const { socket } = reply.request.raw;
    const close = (): void => this.heldRequests.closeUnheld(socket);
    if (this.draining.isDraining) {
      answers.withoutPermit(reply, 'draining', close);
      return false;
    }
    const held = this.heldRequests.hold(socket, answers.whenDraining);
    if (held === undefined) {
      answers.withoutPermit(reply, 'full', close);
      return false;
    }
    try {
      await untilWritable(reply.raw, held.signal);
      const permit = await this.queue.wait(asked, held.signal, maxWaitMs);
      const delivered = await answers.granted(reply, permit);
      this.#conclude(permit, delivered);
      return delivered;
    } catch (error) {
      this.#endWithoutPermit(error, reply, answers, held);
      return false;
    } finally {
      held.release();
    }
  }

  /** @throws Problem when there is no such bot */
  expectServed(bot: string): void {
    if (!this.#bots.has(bot)) throw Problem.unknownBot();
  }

  #endWithoutPermit(
    error: unknown,
    reply: FastifyReply,
    answers: Answers,
    held: HeldRequest,
  ): void {
    if (error instanceof WaitOverError && answers.notYet !== undefined) {
      answers.notYet(reply, error.estimate);
    } else if (error === DRAINED) {
      answers.withoutPermit(reply, 'draining', held.close);
    } else if (error instanceof EvictedError) {
      answers.withoutPermit(reply, 'evicted', held.close);
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
