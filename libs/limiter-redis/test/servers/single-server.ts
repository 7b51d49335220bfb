import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Redis } from 'ioredis';
import { type Exit, watchChild } from '../../../../test/support/children.ts';
import { freePort } from '../../../../test/support/free-port.ts';

/** What a server says once it serves, which is after it has read the data of its directory. */
const READY = 'Ready to accept connections';

/** Ends a server's process, by its pid, and resolves when it has gone. */
type Kill = (signal: NodeJS.Signals) => Promise<Exit>;

/**
 * A Redis or Valkey server of 127.0.0.1, with a directory of its own. It keeps what it is told to save (`SAVE`), and
 * nothing else.
 */
export class SingleServer {
  #kill: Kill | undefined;

  private constructor(
    readonly port: number,
    private readonly program: string,
    private readonly settings: readonly string[],
    private readonly directory: string,
  ) {}

  /** @param settings as on the program's command line, such as `'--maxmemory', '1mb'` */
  static async start(program: string, settings: readonly string[] = []): Promise<SingleServer> {
    const directory = await mkdtemp(join(tmpdir(), 'limiter-redis-'));
    const server = new SingleServer(await freePort(), program, settings, directory);
    await server.startAgain();
    return server;
  }

  get url(): string {
    return `redis://127.0.0.1:${this.port}`;
  }

  connect(): Redis {
    return new Redis(this.port, '127.0.0.1');
  }

  /** Ends it without a word: what was not saved is lost. */
  async crash(): Promise<void> {
    await this.#kill?.('SIGKILL');
  }

  /** Starts it after a crash, with what its directory has, on the same port. */
  async startAgain(): Promise<void> {
    const child = spawn(this.program, ['-', ...this.settings], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    const exited = watchChild(child);
    this.#kill = (signal) => {
      child.kill(signal);
      return exited;
    };
    child.stdin.end(`bind 127.0.0.1\nport ${this.port}\ndir ${this.directory}\nsave ""\n`);
    const said: string[] = [];
    const lines = createInterface(child.stdout);
    const ready = new Promise<void>((resolve) => {
      lines.on('line', (line) => {
        said.push(line);
        if (line.includes(READY)) resolve();
      });
    });
    const exit = await Promise.race([ready, exited]);
    if (exit === undefined) return;
    throw new Error(`${this.program} ended with ${exit.code}:\n${said.join('\n')}`);
  }

  async end(): Promise<void> {
    await this.crash();
    await rm(this.directory, { recursive: true, force: true });
  }
}
