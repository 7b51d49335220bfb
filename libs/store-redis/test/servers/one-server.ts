import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { onTestFinished, vi } from 'vitest';
import { type Exit, watchChild } from '../../../../test/support/children.ts';
import { freePort } from '../../../../test/support/free-port.ts';
import { redisProgram } from './programs.ts';

export interface ServerOptions {
  /** Settings on the command line, as in `--maxmemory 1mb`. */
  readonly args?: readonly string[];
  /** Where there is TLS the plain port is another one. */
  readonly port?: number;
  /** Its file; Redis unless it is named. */
  readonly program?: string;
}

/** A Redis or Valkey server on the loopback interface, with a directory of its own that is empty at first. */
export class OneServer {
  #process: ChildProcess | undefined;
  #exited: Promise<Exit> | undefined;
  readonly #admins: Redis[] = [];

  private constructor(
    readonly port: number,
    readonly dir: string,
    private readonly program: string,
    private readonly args: readonly string[],
  ) {}

  /** A server that answers. It ends with the test. */
  static async start(options: ServerOptions = {}): Promise<OneServer> {
    const server = await OneServer.prepare(options);
    await server.start();
    return server;
  }

  /** A server that does not run yet. It ends with the test. */
  static async prepare(options: ServerOptions = {}): Promise<OneServer> {
    const server = await OneServer.make(options);
    onTestFinished(() => server.end());
    return server;
  }

  /** A server that does not run yet, and is not ended by itself. */
  static async make({ args = [], port, program }: ServerOptions = {}): Promise<OneServer> {
    const dir = await mkdtemp(join(tmpdir(), 'gateway-queue-redis-'));
    const file = program ?? (await redisProgram());
    return new OneServer(port ?? (await freePort()), dir, file, args);
  }

  get url(): string {
    return `redis://127.0.0.1:${this.port}`;
  }

  /** Starts it, again as the case may be, with the data that its directory has. */
  async start(): Promise<void> {
    this.spawn();
    await this.#untilItAnswers();
  }

  /** Starts it with this command line and nothing else. */
  async startWith(commandLine: readonly string[]): Promise<void> {
    this.#run(commandLine);
    await this.#untilItAnswers();
  }

  /** Starts it without waiting for it. */
  spawn(more: readonly string[] = []): void {
    const standard = ['--port', String(this.port), '--bind', '127.0.0.1', '--dir', this.dir];
    const quiet = [
      '--save',
      '',
      '--enable-debug-command',
      'yes',
      '--repl-diskless-sync-delay',
      '0',
    ];
    this.#run([...standard, ...quiet, ...this.args, ...more]);
  }

  /** Sends it a signal. */
  signal(signal: 'SIGSTOP' | 'SIGCONT'): void {
    this.#process?.kill(signal);
  }

  /** Ends it, as a power cut would. */
  async kill(): Promise<void> {
    const running = this.#process;
    this.#process = undefined;
    running?.kill('SIGKILL');
    await this.#exited;
  }

  /** A connection of the test's own, which waits until it has one. */
  admin(options: { readonly password?: string } = {}): Redis {
    const admin = new Redis({ port: this.port, host: '127.0.0.1', ...options });
    admin.on('error', () => undefined);
    this.#admins.push(admin);
    return admin;
  }

  /** Ends it for good. */
  async end(): Promise<void> {
    for (const admin of this.#admins) admin.disconnect();
    await this.kill();
    await rm(this.dir, { recursive: true, force: true });
  }

  #run(commandLine: readonly string[]): void {
    this.#process = spawn(this.program, commandLine, { stdio: 'ignore' });
    this.#exited = watchChild(this.#process);
  }

  async #untilItAnswers(): Promise<void> {
    await vi.waitFor(() => this.#answers(), { timeout: 10_000, interval: 10 });
  }

  async #answers(): Promise<void> {
    const socket = connect(this.port, '127.0.0.1');
    try {
      socket.write('PING\r\n');
      await once(socket, 'data');
    } finally {
      socket.destroy();
    }
  }
}
