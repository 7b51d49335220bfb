import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { onTestFinished, vi } from 'vitest';

export interface ServerOptions {
  /** Settings on the command line, as in `--maxmemory 1mb`. */
  readonly args?: readonly string[];
  /** Where there is TLS the plain port is another one. */
  readonly port?: number;
}

/** A Redis server of a test's own, on the loopback interface, with an empty directory. It ends with the test. */
export class OneServer {
  #process: ChildProcess | undefined;
  readonly #admins: Redis[] = [];

  private constructor(
    readonly port: number,
    readonly dir: string,
    private readonly args: readonly string[],
  ) {}

  /** A server that answers. */
  static async start(options: ServerOptions = {}): Promise<OneServer> {
    const server = await OneServer.prepare(options);
    await server.start();
    return server;
  }

  /** A server that does not run yet. */
  static async prepare({ args = [], port }: ServerOptions = {}): Promise<OneServer> {
    const dir = await mkdtemp(join(tmpdir(), 'gateway-queue-redis-'));
    const server = new OneServer(port ?? (await freePort()), dir, args);
    onTestFinished(() => server.#dispose());
    return server;
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
    this.#process = spawn('redis-server', commandLine, { stdio: 'ignore' });
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
    const commandLine = [...standard, ...quiet, ...this.args, ...more];
    this.#process = spawn('redis-server', commandLine, { stdio: 'ignore' });
  }

  /** Sends it a signal. */
  signal(signal: 'SIGSTOP' | 'SIGCONT'): void {
    this.#process?.kill(signal);
  }

  /** Ends it, as a power cut would. */
  async kill(): Promise<void> {
    const running = this.#process;
    this.#process = undefined;
    if (running === undefined || running.exitCode !== null || running.signalCode !== null) return;
    const exited = once(running, 'exit');
    running.kill('SIGKILL');
    await exited;
  }

  /** A connection of the test's own, which waits until it has one. */
  admin(options: { readonly password?: string } = {}): Redis {
    const admin = new Redis({ port: this.port, host: '127.0.0.1', ...options });
    admin.on('error', () => undefined);
    this.#admins.push(admin);
    return admin;
  }

  async #dispose(): Promise<void> {
    for (const admin of this.#admins) admin.disconnect();
    await this.kill();
    await rm(this.dir, { recursive: true, force: true });
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

/** A port on which nobody listens, and whose cluster bus, 10000 above, is a port too. */
export async function freePort(): Promise<number> {
  for (;;) {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    server.close();
    await once(server, 'close');
    if (address !== null && typeof address === 'object' && address.port < 55_000) {
      return address.port;
    }
  }
}
