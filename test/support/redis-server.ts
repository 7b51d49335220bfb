import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';

import { type Exit, watchChild } from './children.ts';
import { debianProgram } from './debian-program.ts';
import { makeFolder, removeFolder } from './folders.ts';
import { freePort } from './free-port.ts';

/** Between two questions whether the server answers, ms. */
const POLL_MS = 10;

/** How long a start may take, with all data that has to be loaded, ms. */
const START_MS = 60_000;

export interface RedisServerOptions {
  /** Settings on the command line, such as `--maxmemory`, `1mb`. */
  readonly args?: readonly string[];
  readonly password?: string;
  /** A free one unless given. */
  readonly port?: number;
  /** The server's file; {@link redisProgram} unless given. */
  readonly program?: string;
  /** Where the server keeps its data. Made for it, and removed at its end, unless given. */
  readonly dir?: string;
}

/** What a server is made of. */
interface Parts {
  readonly program: string;
  readonly port: number;
  readonly dir: string;
  readonly ownsDir: boolean;
  readonly args: readonly string[];
  readonly password: string | undefined;
}

/** The file of a redis-server: the one that REDIS_SERVER names, else Debian's. */
export async function redisProgram(): Promise<string> {
  return process.env['REDIS_SERVER'] ?? debianProgram('redis-server');
}

/** What a server with these options is made of. */
export async function partsOf(options: RedisServerOptions = {}): Promise<Parts> {
  return {
    program: options.program ?? (await redisProgram()),
    port: options.port ?? (await freePort()),
    dir: options.dir ?? makeFolder('gateway-queue-redis-'),
    ownsDir: options.dir === undefined,
    args: options.args ?? [],
    password: options.password,
  };
}

/** A Redis or Valkey server. Its port of 127.0.0.1 and its data stay the same while the process comes and goes. */
export class RedisServer {
  #process: ChildProcess | undefined;
  #exited: Promise<Exit> | undefined;
  #client: Redis | undefined;
  readonly #admins: Redis[] = [];

  protected constructor(private readonly parts: Parts) {}

  /** A server that answers. Its caller ends it. */
  static async running(options: RedisServerOptions = {}): Promise<RedisServer> {
    const server = new RedisServer(await partsOf(options));
    await server.start();
    return server;
  }

  get port(): number {
    return this.parts.port;
  }

  get dir(): string {
    return this.parts.dir;
  }

  /** For `REDIS_URL`. */
  get url(): string {
    const { password, port } = this.parts;
    return `redis://${password === undefined ? '' : `:${password}@`}127.0.0.1:${port}`;
  }

  /** A connection of the test's own. While the server is away its commands fail at once. */
  get client(): Redis {
    this.#client ??= quiet(
      new Redis({
        ...this.#address(),
        lazyConnect: true,
        protocol: 2,
        maxRetriesPerRequest: 0,
        retryStrategy: () => POLL_MS,
      }),
    );
    return this.#client;
  }

  /** Another connection of the test's own. While the server is away its commands wait. */
  admin(options: { readonly password?: string } = {}): Redis {
    const admin = quiet(new Redis({ ...this.#address(), ...options }));
    this.#admins.push(admin);
    return admin;
  }

  /** Starts it with the data that its directory has. Resolves when it has loaded them and answers. */
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
    const { port, dir, args, password } = this.parts;
    const own = ['--port', String(port), '--bind', '127.0.0.1', '--dir', dir, '--save', ''];
    const forTests = ['--enable-debug-command', 'yes', '--repl-diskless-sync-delay', '0'];
    const secret = password === undefined ? [] : ['--requirepass', password];
    this.#run([...own, ...forTests, ...secret, ...args, ...more]);
  }

  /** Sends it a signal: after SIGSTOP it keeps its connections and answers nothing, until SIGCONT. */
  signal(signal: 'SIGSTOP' | 'SIGCONT'): void {
    this.#process?.kill(signal);
  }

  /** As a crash would end it. Resolves when it has gone. */
  async kill(): Promise<void> {
    const running = this.#process;
    this.#process = undefined;
    running?.kill('SIGKILL');
    await this.#exited;
  }

  /** Ends it for good. */
  async end(): Promise<void> {
    this.#client?.disconnect();
    for (const admin of this.#admins) admin.disconnect();
    await this.kill();
    if (this.parts.ownsDir) await removeFolder(this.parts.dir);
  }

  #address() {
    const { port, password } = this.parts;
    return { host: '127.0.0.1', port, ...(password !== undefined && { password }) };
  }

  #run(commandLine: readonly string[]): void {
    this.#process = spawn(this.parts.program, commandLine, { stdio: 'ignore' });
    this.#exited = watchChild(this.#process);
  }

  async #untilItAnswers(): Promise<void> {
    const child = this.#process;
    const tooLate = AbortSignal.timeout(START_MS);
    while (!(await answers(this.port))) {
      if (child?.pid === undefined || child.exitCode !== null || tooLate.aborted) {
        await this.kill();
        throw new Error(`${this.parts.program} did not start (exit code ${child?.exitCode})`);
      }
      await sleep(POLL_MS);
    }
  }
}

/** Its errors show in its commands. */
function quiet(connection: Redis): Redis {
  connection.on('error', () => undefined);
  return connection;
}

/** Whether a server there answers, be it that a password is needed. One that still loads its data does not count. */
async function answers(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  try {
    await once(socket, 'connect');
    socket.write('PING\r\n');
    const [reply] = await once(socket, 'data');
    return !String(reply).startsWith('-LOADING');
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
