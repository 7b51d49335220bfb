import { setTimeout as sleep } from 'node:timers/promises';

import { monotonicNow } from '../../support/discord/index.ts';
import { freePort } from '../../support/free-port.ts';
import { startService, type Service } from '../../support/service/service.ts';
import { Link } from '../faults/link.ts';
import type { Ending } from '../history.ts';

/** Between two tries to start it, as whoever runs containers waits too. */
const START_AGAIN_MS = 200;

/** How much of a process's last words is kept. */
const LAST_WORDS = 2000;

/** One of the places in which the service runs: processes come and go, the address stays. */
export class Replica {
  #service: Service | undefined;
  #starting: Promise<void> | undefined;
  #suspended = false;
  /** Whether the end of the present process says anything about it. */
  #killed = false;
  #toldAt: number | null = null;
  #over = false;

  private constructor(
    readonly index: number,
    readonly link: Link,
    private readonly settings: Readonly<Record<string, string>>,
    private readonly onEnding: (ending: Ending) => void,
  ) {}

  /** @param settingsFor given the URL at which it finds Redis: a way of its own, which can fail by itself */
  static async make(
    index: number,
    redisPort: number,
    settingsFor: (redisUrl: string) => Readonly<Record<string, string>>,
    onEnding: (ending: Ending) => void,
  ): Promise<Replica> {
    const link = await Link.to(redisPort);
    const settings = settingsFor(`redis://127.0.0.1:${link.port}`);
    return new Replica(index, link, { ...settings, PORT: String(await freePort()) }, onEnding);
  }

  get url(): string {
    return `http://127.0.0.1:${this.settings['PORT']}`;
  }

  /** Whether there is a process that has started, and was not told to end. */
  get isUp(): boolean {
    return this.#service !== undefined && this.#toldAt === null;
  }

  get isSuspended(): boolean {
    return this.#suspended;
  }

  /** Resolves when a process is up, however many tries that takes. */
  async start(): Promise<void> {
    this.#starting ??= this.#untilStarted().finally(() => (this.#starting = undefined));
    await this.#starting;
  }

  suspend(): void {
    this.#suspended = true;
    this.#service?.signal('SIGSTOP');
  }

  resume(): void {
    this.#suspended = false;
    this.#service?.signal('SIGCONT');
  }

  /** Resolves when the process has gone. */
  async kill(): Promise<void> {
    this.#killed = true;
    await this.#service?.kill();
  }

  /** Tells the process to end; resolves when it has. */
  async end(): Promise<void> {
    this.#toldAt = monotonicNow();
    await this.#service?.stop();
  }

  /** Ends all, and starts nothing any more. */
  async close(): Promise<void> {
    this.#over = true;
    await this.kill();
    await this.#starting;
    await this.kill();
    await this.link.close();
  }

  async #untilStarted(): Promise<void> {
    while (!this.#over && this.#service === undefined) {
      try {
        const service = await startService(this.settings, { probe: 'live' });
        this.#service = service;
        this.#suspended = false;
        this.#killed = false;
        this.#toldAt = null;
        void service.exited.then(({ code }) => this.#ended(service, code));
      } catch {
        // It says in words that Redis does not answer, and is tried again.
        await sleep(START_AGAIN_MS);
      }
    }
  }

  #ended(service: Service, code: number | null): void {
    this.#service = undefined;
    if (this.#killed) return;
    const said = service.output().slice(-LAST_WORDS);
    this.onEnding({
      replica: this.index,
      toldAt: this.#toldAt,
      endedAt: monotonicNow(),
      code,
      said,
    });
    // One that ends by itself is started again by whoever runs it.
    if (this.#toldAt === null) void this.start();
  }
}
