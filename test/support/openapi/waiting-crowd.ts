import { answerFaults } from './answer-faults.ts';
import type { Operation } from './document.ts';
import { type Answer, Exchange } from './exchange.ts';

const HOUR_MS = 3_600_000;

/** Shards that wait all the time, so that there is somebody to look at and to evict. */
export class WaitingCrowd {
  /** What was wrong with answers. */
  readonly faults: string[] = [];
  readonly #exchange: Exchange;
  #isOver = false;

  /** @param headers that let a shard ask */
  constructor(
    url: string,
    private readonly identify: Operation,
    private readonly headers: Readonly<Record<string, string>>,
    shards: number,
    private readonly bot: string,
  ) {
    this.#exchange = new Exchange(url, shards);
    for (let shard = 0; shard < shards; shard += 1) void this.#wait(shard);
  }

  /** Hangs up. */
  leave(): void {
    this.#isOver = true;
    this.#exchange.close();
  }

  async #wait(shard: number): Promise<void> {
    const { method, path } = this.identify;
    const target = `${path}?bot=${this.bot}&shard=${shard}&maxWaitMs=${HOUR_MS}`;
    while (!this.#isOver) {
      const answer = await this.#exchange
        .ask({ method, target, headers: this.headers }, { patienceMs: HOUR_MS })
        .catch((error: unknown) => String(error));
      if (!this.#isOver) this.#judge(answer);
    }
  }

  #judge(answer: Answer | string | undefined): void {
    if (typeof answer === 'object') this.faults.push(...answerFaults(this.identify, answer));
    else this.faults.push(answer ?? 'no answer');
  }
}
