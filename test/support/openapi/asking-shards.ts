import { answerFaults } from './answer-faults.ts';
import type { Operation } from './document.ts';
import { type Answer, Exchange } from './exchange.ts';

const HOUR_MS = 3_600_000;

/** Shards that ask all the time, so that there are waiters, and permits to be confirmed. */
export class AskingShards {
  /** What was wrong with answers. */
  readonly faults: string[] = [];
  readonly #exchange: Exchange;
  #isOver = false;

  /**
   * @param headers that let a shard ask
   * @param queries of each shard
   * @param onAnswer told every answer
   */
  constructor(
    url: string,
    private readonly identify: Operation,
    private readonly headers: Readonly<Record<string, string>>,
    queries: readonly string[],
    private readonly onAnswer: (answer: Answer) => void,
  ) {
    this.#exchange = new Exchange(url, queries.length);
    for (const query of queries) void this.#ask(query);
  }

  /** Hangs up. */
  leave(): void {
    this.#isOver = true;
    this.#exchange.close();
  }

  async #ask(query: string): Promise<void> {
    const { method, path } = this.identify;
    const sent = { method, target: `${path}?${query}`, headers: this.headers };
    while (!this.#isOver) {
      const answer = await this.#exchange
        .ask(sent, { patienceMs: HOUR_MS })
        .catch((error: unknown) => String(error));
      if (!this.#isOver) this.#judge(answer);
    }
  }

  #judge(answer: Answer | string | undefined): void {
    if (typeof answer !== 'object') {
      this.faults.push(answer ?? 'no answer');
      return;
    }
    this.faults.push(...answerFaults(this.identify, answer));
    this.onAnswer(answer);
  }
}
