import type { LimiterControl, PauseScope } from '@gateway-queue/identify-limiter';
import type { History } from '../history/history.ts';
import type { SimulatedProcess } from '../process.ts';
import type { Random } from '../random.ts';
import type { Server } from '../store/server.ts';

/** How often it looks whether something is still paused before it leaves, and every so many ms. */
const ROUNDS = 5;
const ROUND_MS = 3000;

/** Pauses a bot or one of its buckets now and then, for a while or until it lifts that again. */
export class Operator {
  #isGone = false;
  #orders = 0;

  constructor(
    private readonly bot: string,
    private readonly around: {
      readonly process: SimulatedProcess;
      readonly server: Server;
      readonly limiter: LimiterControl;
      readonly history: History;
      readonly random: Random;
    },
    everyMs: number,
  ) {
    void this.#run(everyMs);
  }

  /** Pauses nothing more, and lifts what it finds: also what came back when the store lost that it had been lifted. */
  async leave(): Promise<void> {
    const { limiter } = this.around;
    this.#isGone = true;
    for (let round = 0; round < ROUNDS; round++) {
      const held = await this.#untilDone(() => limiter.pauses(this.bot));
      for (const { bot, bucket } of held) await this.#resume({ bot, bucket });
      await this.#sleep(ROUND_MS);
    }
  }

  async #run(everyMs: number): Promise<void> {
    const { random } = this.around;
    for (;;) {
      await this.#sleep(random.between(0.3, 1.7) * everyMs);
      if (this.#isGone) return;
      const scope = { bot: this.bot, bucket: random.pick([null, 0, 0, 1]) };
      const durationMs = random.chance(0.4) ? random.between(500, 9000) : null;
      await this.#pause(scope, durationMs);
      if (durationMs !== null) continue;
      await this.#sleep(random.between(200, 9000));
      await this.#resume(scope);
    }
  }

  async #pause(scope: PauseScope, durationMs: number | null): Promise<void> {
    const { history, limiter } = this.around;
    this.#orders += 1;
    const order = { ...scope, reason: `order ${this.#orders}`, by: 'operator', durationMs };
    const askedAt = history.now;
    await this.#untilDone(() => limiter.pause(order));
    const endsAt = durationMs === null ? null : askedAt + durationMs;
    history.add({ kind: 'pause answered', scope, order: order.reason, endsAt });
  }

  async #resume(scope: PauseScope): Promise<void> {
    const { history, limiter } = this.around;
    history.add({ kind: 'resume asked', scope });
    await this.#untilDone(() => limiter.resume(scope));
  }

  async #untilDone<T>(effect: () => Promise<T>): Promise<T> {
    const { process, server } = this.around;
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
      this.around.process.setTimer(ms, resolve);
    });
  }
}
