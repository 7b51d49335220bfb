import { setTimeout as sleep } from 'node:timers/promises';

import { monotonicNow } from '../../support/discord/index.ts';
import { freePort } from '../../support/free-port.ts';
import { startService, type Service } from '../../support/service/service.ts';
import { Link } from '../faults/link.ts';
import type { ProcessExit } from '../history.ts';

/** The time between two tries to start a process, like the delay of a container runtime, ms. */
const START_AGAIN_MS = 200;

/** How many characters of a process's output are kept. */
const MAX_OUTPUT = 2000;

/** A replica with one address. Its process may be killed and started anew. */
export class Replica {
  #service: Service | undefined;
  #starting: Promise<void> | undefined;
  #suspended = false;
  /** Whether the current process was killed, so that its exit is not reported. */
  #killed = false;
  #signalledAt: number | null = null;
  #over = false;

  private constructor(
    readonly index: number,
    readonly link: Link,
    private readonly settings: Readonly<Record<string, string>>,
    private readonly onExit: (ending: ProcessExit) => void,
  ) {}

  /** @param settingsFor returns the settings for the URL of Redis. Each replica has its own link to Redis, which can fail by itself */
  static async make(
    index: number,
    redisPort: number,
    settingsFor: (redisUrl: string) => Readonly<Record<string, string>>,
    onExit: (ending: ProcessExit) => void,
  ): Promise<Replica> {
    const link = await Link.to(redisPort);
    const settings = settingsFor(`redis://127.0.0.1:${link.port}`);
    return new Replica(index, link, { ...settings, PORT: String(await freePort()) }, onExit);
  }

  get url(): string {
    return `http://127.0.0.1:${this.settings['PORT']}`;
  }

  /** Whether a process has started and did not get SIGTERM. */
  get isUp(): boolean {
    return this.#service !== undefined && this.#signalledAt === null;
  }

  get isSuspended(): boolean {
    return this.#suspended;
  }

  /** Resolves when a process is up. A failed start is repeated. */
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

  /** Resolves when the process has ended. */
  async kill(): Promise<void> {
    this.#killed = true;
    await this.#service?.kill();
  }

  /** Sends SIGTERM, and resolves when the process has exited. */
  async end(): Promise<void> {
    this.#signalledAt = monotonicNow();
    await this.#service?.stop();
  }

  /** Ends the process and the link for good. */
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
        this.#signalledAt = null;
        void service.exited.then(({ code }) => this.#ended(service, code));
      } catch {
        // The service does not start while Redis does not answer.
        await sleep(START_AGAIN_MS);
      }
    }
  }

  #ended(service: Service, code: number | null): void {
    this.#service = undefined;
    if (this.#killed) return;
    const output = service.output().slice(-MAX_OUTPUT);
    this.onExit({
      replica: this.index,
      signalledAt: this.#signalledAt,
      endedAt: monotonicNow(),
      code,
      output,
    });
    // A process that exits by itself is started again, as a container runtime does.
    if (this.#signalledAt === null) void this.start();
  }
}
