import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';

import { watchChild, type Exit } from '../children.ts';
import { debianProgram } from '../debian-program.ts';
import { freePort } from '../free-port.ts';

/** Between two looks whether it answers. */
const POLL_MS = 10;

export interface RedisOptions {
  /** In redis.conf's own words, each `--name value`. */
  readonly arguments?: readonly string[];
  readonly password?: string;
}

/** A Redis server of its own, on a port of 127.0.0.1 that stays the same while it comes and goes. */
export class RedisProcess {
  #child: ChildProcess | undefined;
  #exited: Promise<Exit> | undefined;
  /** For what a test asks of it; while it is away, a question fails at once. */
  readonly client: Redis;

  private constructor(
    private readonly program: string,
    private readonly port: number,
    private readonly home: string,
    private readonly options: RedisOptions,
  ) {
    this.client = new Redis({
      host: '127.0.0.1',
      port,
      lazyConnect: true,
      protocol: 2,
      maxRetriesPerRequest: 0,
      retryStrategy: () => POLL_MS,
      ...(options.password !== undefined && { password: options.password }),
    });
    this.client.on('error', () => undefined);
  }

  static async start(options: RedisOptions = {}): Promise<RedisProcess> {
    const program = await debianProgram('redis-server');
    const home = await mkdtemp(join(tmpdir(), 'redis-'));
    const redis = new RedisProcess(program, await freePort(), home, options);
    await redis.startAgain();
    return redis;
  }

  /** For `REDIS_URL`. */
  get url(): string {
    const { password } = this.options;
    return `redis://${password === undefined ? '' : `:${password}@`}127.0.0.1:${this.port}`;
  }

  /** With what it kept on its disk. */
  async startAgain(): Promise<void> {
    const { arguments: given = [], password } = this.options;
    const own = ['--port', String(this.port), '--bind', '127.0.0.1', '--dir', this.home];
    const secret = password === undefined ? [] : ['--requirepass', password];
    this.#child = spawn(this.program, [...own, '--save', '', ...secret, ...given], {
      stdio: 'ignore',
    });
    this.#exited = watchChild(this.#child);
    while (!(await this.#answers())) await sleep(POLL_MS);
  }

  /** As a crash would. Resolves when it has gone. */
  async kill(): Promise<void> {
    this.#child?.kill('SIGKILL');
    await this.#exited;
  }

  /** It keeps its connections and says nothing more, until {@link thaw}. */
  freeze(): void {
    this.#child?.kill('SIGSTOP');
  }

  thaw(): void {
    this.#child?.kill('SIGCONT');
  }

  async end(): Promise<void> {
    this.client.disconnect();
    await this.kill();
    await rm(this.home, { recursive: true, force: true });
  }

  async #answers(): Promise<boolean> {
    try {
      if (this.client.status === 'wait') await this.client.connect();
      return (await this.client.ping()) === 'PONG';
    } catch {
      return false;
    }
  }
}
