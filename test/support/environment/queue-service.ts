import { vi } from 'vitest';

import type { LogLine } from '../service/json-lines.ts';
import { startService, type Service, type ServiceOptions } from '../service/service.ts';
import { AskedRequest, type Answer } from './asked-request.ts';

/** Between two looks at the log, and how long they go on, ms: the longest backoff that a test waits for is 5 s. */
const LOOK = { interval: 10, timeout: 30_000 };

/** What a probe answered. */
export interface Probe {
  readonly code: number;
  readonly status: string;
  readonly details: Readonly<Record<string, unknown>>;
}

/** The built service, and all that a test asks it. */
export class AskedService {
  /** The shards that were answered, in the order in which the answers came. */
  readonly answered: (number | undefined)[] = [];
  /** Each answer of the probes, as it came over the wire. */
  readonly #probed: string[] = [];
  readonly #asked: AskedRequest[] = [];

  private constructor(readonly process: Service) {}

  static async start(
    settings: Readonly<Record<string, string>>,
    options: ServiceOptions,
  ): Promise<AskedService> {
    return new AskedService(await startService(settings, options));
  }

  /** Asks for a permit. */
  ask(shard?: number, bot?: string): AskedRequest {
    const query = new URLSearchParams();
    if (shard !== undefined) query.set('shard', String(shard));
    if (bot !== undefined) query.set('bot', bot);
    const asked = new AskedRequest(`${this.process.url}/?${query.toString()}`);
    asked.answer.then(
      () => this.answered.push(shard),
      () => undefined,
    );
    this.#asked.push(asked);
    return asked;
  }

  /** Asks for one shard after the other, each once the service must have seen the one before. */
  async askInOrder(shards: readonly number[], bot?: string): Promise<AskedRequest[]> {
    const asked: AskedRequest[] = [];
    for (const shard of shards) {
      asked.push(this.ask(shard, bot));
      await asked.at(-1)?.sent;
      // A question that was sent later, on a later connection, and has been answered.
      await this.live();
    }
    return asked;
  }

  live(): Promise<Probe> {
    return this.#probe('live');
  }

  ready(): Promise<Probe> {
    return this.#probe('ready');
  }

  /** The lines of the log whose message contains `text`. */
  logged(text: string): LogLine[] {
    return this.process.logs.filter((line) => String(line['msg']).includes(text));
  }

  /** Resolves when the log has that many lines whose message contains `text`. */
  async untilLogged(text: string, times = 1): Promise<LogLine[]> {
    return vi.waitFor(() => {
      const lines = this.logged(text);
      if (lines.length >= times) return lines;
      throw new Error(
        `"${text}" was logged ${lines.length} times, not ${times}:\n${this.process.output()}`,
      );
    }, LOOK);
  }

  /** Resolves when the log has that many permits. */
  async untilPermits(count: number): Promise<LogLine[]> {
    return this.untilLogged('A shard may identify', count);
  }

  /** Resolves with the exit code of the process. */
  async stop(): Promise<number | null> {
    return this.process.stop();
  }

  /** Hangs up whatever is still held. */
  leaveAll(): void {
    for (const asked of this.#asked) asked.leave();
  }

  /** All that it ever said: its log, what its probes answered. */
  said(): string {
    return [this.process.output(), ...this.#probed].join('\n');
  }

  async #probe(name: 'live' | 'ready'): Promise<Probe> {
    const response = await fetch(`${this.process.url}/health/${name}`, {
      headers: { connection: 'close' },
    });
    const body = await response.text();
    this.#probed.push(body);
    const { status, details }: Omit<Probe, 'code'> = JSON.parse(body);
    return { code: response.status, status, details };
  }
}

/** Resolves when all of them are answered; rejects when one of them is closed instead. */
export function allAnswered(asked: readonly AskedRequest[]): Promise<Answer[]> {
  return Promise.all(asked.map(({ answer }) => answer));
}

export function statesOf(asked: readonly AskedRequest[]): AskedRequest['state'][] {
  return asked.map(({ state }) => state);
}
