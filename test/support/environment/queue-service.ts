import { askFor, takenIn, type HeldRequest } from '../http/held-request.ts';
import type { LogLine } from '../service/json-lines.ts';
import { linesWith, logged } from '../service/log.ts';
import { startService, type Service, type ServiceOptions } from '../service/service.ts';

/** What a probe answered. */
export interface Probe {
  readonly code: number;
  readonly status: string;
  readonly details: Readonly<Record<string, unknown>>;
}

/** The built service, with all that a test asks on `/` and of its probes. */
export class QueueService {
  /** The shards that were answered, in the order in which the answers came. */
  readonly answered: (number | undefined)[] = [];
  /** Each answer of the probes, as it came over the wire. */
  readonly #probed: string[] = [];
  readonly #asked: HeldRequest[] = [];

  private constructor(readonly process: Service) {}

  get url(): string {
    return this.process.url;
  }

  static async start(
    settings: Readonly<Record<string, string>>,
    options: ServiceOptions,
  ): Promise<QueueService> {
    return new QueueService(await startService(settings, options));
  }

  /** Asks for a permit. */
  ask(shard?: number, bot?: string): HeldRequest {
    const asked = askFor(this.process.url, shard, bot);
    void this.#note(shard, asked);
    this.#asked.push(asked);
    return asked;
  }

  /** Asks for one shard after the other, each once the service has read the request before. */
  async askInOrder(shards: readonly number[], bot?: string): Promise<HeldRequest[]> {
    const asked: HeldRequest[] = [];
    for (const shard of shards) {
      const request = this.ask(shard, bot);
      asked.push(request);
      await takenIn(this.process.url, [request]);
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
    return linesWith(this.process, text);
  }

  /** Resolves when the log has `count` lines or more whose message contains `text`. */
  untilLogged(text: string, count = 1): Promise<LogLine[]> {
    return logged(this.process, text, count);
  }

  /** Resolves when the log has that many permits. */
  untilPermits(count: number): Promise<LogLine[]> {
    return this.untilLogged('A shard may identify', count);
  }

  /** Resolves with the exit code of the process. */
  stop(): Promise<number | null> {
    return this.process.stop();
  }

  /** Hangs up all requests that are still held. */
  leaveAll(): void {
    for (const asked of this.#asked) asked.hangUp();
  }

  /** All that the service ever said: its log, and what its probes answered. */
  said(): string {
    return [this.process.output(), ...this.#probed].join('\n');
  }

  async #note(shard: number | undefined, { answer }: HeldRequest): Promise<void> {
    if ((await answer) !== undefined) this.answered.push(shard);
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
