import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { stat, truncate } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { watchChild, type Exit } from '../../support/children.ts';
import { debianProgram } from '../../support/debian-program.ts';
import { freePort } from '../../support/free-port.ts';

/** Between two looks whether it answers. */
const POLL_MS = 10;

/** How long a start may take, with all that has to be loaded. */
const START_MS = 10_000;

/** When what was written is safe: before it is answered, or up to a second later. */
export type Fsync = 'always' | 'everysec';

/** A real redis-server, whose data outlive it. */
export class RedisProcess {
  #child: ChildProcess | undefined;
  #exited: Promise<Exit> | undefined;

  private constructor(
    private readonly program: string,
    readonly port: number,
    private readonly dir: string,
    private readonly fsync: Fsync,
  ) {}

  /** Starts one that keeps its data in `dir`. */
  static async start(dir: string, fsync: Fsync): Promise<RedisProcess> {
    const program = await debianProgram('redis-server');
    const redis = new RedisProcess(program, await freePort(), dir, fsync);
    await redis.restart();
    return redis;
  }

  get isUp(): boolean {
    return this.#child !== undefined;
  }

  /** Resolves when it answers with its data loaded. */
  async restart(): Promise<void> {
    const options = {
      port: this.port,
      bind: '127.0.0.1',
      dir: this.dir,
      save: '',
      appendonly: 'yes',
      appendfsync: this.fsync,
      // One file that only grows: its end is what a crash takes away.
      'auto-aof-rewrite-percentage': 0,
    };
    const child = spawn(
      this.program,
      Object.entries(options).flatMap(([name, value]) => [`--${name}`, String(value)]),
      { stdio: 'ignore' },
    );
    this.#exited = watchChild(child);
    const tooLate = AbortSignal.timeout(START_MS);
    while (!(await this.#answers())) {
      if (child.exitCode !== null || child.pid === undefined || tooLate.aborted) {
        child.kill('SIGKILL');
        throw new Error(`redis-server did not start (exit code ${child.exitCode})`);
      }
      await sleep(POLL_MS);
    }
    this.#child = child;
  }

  /** Resolves when it has gone. */
  async kill(): Promise<void> {
    this.#child?.kill('SIGKILL');
    this.#child = undefined;
    await this.#exited;
  }

  /** As a machine that loses power, and with it all that was written in the last `ms`. */
  async killLosing(ms: number): Promise<void> {
    const log = join(this.dir, 'appendonlydir', 'appendonly.aof.1.incr.aof');
    const { size } = await stat(log);
    await sleep(ms);
    await this.kill();
    await truncate(log, size);
  }

  suspend(): void {
    this.#child?.kill('SIGSTOP');
  }

  resume(): void {
    this.#child?.kill('SIGCONT');
  }

  async #answers(): Promise<boolean> {
    const socket = connect(this.port, '127.0.0.1');
    try {
      await once(socket, 'connect');
      socket.write('PING\r\n');
      const [reply] = await once(socket, 'data');
      return String(reply).startsWith('+PONG');
    } catch {
      return false;
    } finally {
      socket.destroy();
    }
  }
}
