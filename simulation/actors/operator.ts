import type { LimiterControl, LimiterView, PauseScope } from '@gateway-queue/identify-limiter';
import type { History } from '../history/history.ts';
import type { SimulatedProcess } from '../process.ts';
import type { Random } from '../random.ts';
import type { Server } from '../store/server.ts';

/** Before the operator stops, it lifts all pauses this many times, because lost data can bring a lifted pause back. */
const CLEANUP_ROUNDS = 5;

/** The time between two of these rounds. */
const CLEANUP_EVERY_MS = 3000;

/** Pauses a bot or one of its buckets from time to time, with an end or until the operator lifts the pause. */
export class Operator {
  #isStopped = false;
  #orders = 0;

  constructor(
    private readonly bot: string,
    private readonly environment: {
      readonly process: SimulatedProcess;
      readonly server: Server;
      readonly limiter: LimiterControl & LimiterView;
      readonly history: History;
      readonly random: Random;
    },
    everyMs: number,
  ) {
    void this.#run(everyMs);
  }

  /** Stops pausing, and lifts all pauses that the store still has. */
  async stop(): Promise<void> {
    const { limiter } = this.environment;
    this.#isStopped = true;
    for (let round = 0; round < CLEANUP_ROUNDS; round++) {
      const { pauses } = await this.#retry(() => limiter.view(this.bot));
      for (const { bot, bucket } of pauses) await this.#resume({ bot, bucket });
      await this.#sleep(CLEANUP_EVERY_MS);
    }
  }

  async #run(everyMs: number): Promise<void> {
    const { random } = this.environment;
    for (;;) {
      await this.#sleep(random.between(0.3, 1.7) * everyMs);
      if (this.#isStopped) return;
      const scope = { bot: this.bot, bucket: random.pick([null, 0, 0, 1]) };
      const durationMs = random.happens(0.4) ? random.between(500, 9000) : null;
      await this.#pause(scope, durationMs);
      if (durationMs !== null) continue;
      await this.#sleep(random.between(200, 9000));
      await this.#resume(scope);
    }
  }

  async #pause(scope: PauseScope, durationMs: number | null): Promise<void> {
    const { history, limiter } = this.environment;
    this.#orders += 1;
    const order = { ...scope, reason: `order ${this.#orders}`, by: 'operator', durationMs };
    const askedAt = history.now;
    await this.#retry(() => limiter.pause(order));
    const endsAt = durationMs === null ? null : askedAt + durationMs;
    history.add({ kind: 'pause answered', scope, order: order.reason, endsAt });
  }

  async #resume(scope: PauseScope): Promise<void> {
    const { history, limiter } = this.environment;
    history.add({ kind: 'resume asked', scope });
    await this.#retry(() => limiter.resume(scope));
  }

  async #retry<T>(effect: () => Promise<T>): Promise<T> {
    const { process, server } = this.environment;
    for (;;) {
      try {
        return await server.ask(process, 'operator', effect);
      } catch {
        await this.#sleep(300);
      }
    }
  }

  #sleep(ms: number): Promise<void> {
    return new Promise((resolve) => {
      this.environment.process.setTimer(ms, resolve);
    });
  }
}
