import { fork, type ChildProcess } from 'node:child_process';

import { watchChild, type Exit } from '../children.ts';
import { STOP, type ShardEnvironment, type ShardMessage } from './shard-messages.ts';

export type Ready = Extract<ShardMessage, { kind: 'ready' }>;

interface Awaited {
  readonly resolve: (ready: Ready) => void;
  readonly reject: (error: Error) => void;
}

/** The shards of one process. */
export class ShardGroup {
  /** All that the process told so far. */
  readonly messages: ShardMessage[] = [];
  /** Each shard's first READY. Rejects when the process ended before. */
  readonly ready = new Map<number, Promise<Ready>>();
  readonly exited: Promise<Exit>;
  readonly #child: ChildProcess;
  readonly #awaited = new Map<number, Awaited>();

  constructor(program: string, environment: ShardEnvironment) {
    for (const shard of environment.SHARD_IDS.split(',').map(Number)) {
      const ready = new Promise<Ready>((resolve, reject) => {
        this.#awaited.set(shard, { resolve, reject });
      });
      // A caller that awaits it sees the rejection; no caller has to.
      ready.catch(() => undefined);
      this.ready.set(shard, ready);
    }
    // No environment and no arguments of this process's: a test runner's have no business in there.
    this.#child = fork(program, { env: { ...environment }, execArgv: [] });
    this.#child.on('message', (message: ShardMessage) => this.#onMessage(message));
    this.exited = this.#watch();
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  /** Ends the sessions in good order, then the process. Resolves when it has gone. */
  async stop(): Promise<Exit> {
    if (this.#child.connected) this.#child.send(STOP);
    return this.exited;
  }

  /** As a crash would: nothing is closed. Resolves when the process has gone. */
  async kill(): Promise<Exit> {
    this.#child.kill('SIGKILL');
    return this.exited;
  }

  #onMessage(message: ShardMessage): void {
    this.messages.push(message);
    if (message.kind === 'ready') this.#awaited.get(message.shard)?.resolve(message);
  }

  async #watch(): Promise<Exit> {
    const exit = await watchChild(this.#child);
    const errors = this.messages.filter(({ kind }) => kind === 'error');
    for (const [shard, { reject }] of this.#awaited) {
      reject(new Error(`Shard ${shard} was not READY at its end: ${JSON.stringify(errors)}`));
    }
    return exit;
  }
}
