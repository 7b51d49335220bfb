import {
  type CancelTimer,
  type Clock,
  type Heartbeat,
  HEARTBEAT_MS,
} from '@gateway-queue/identify-limiter';
import { toHeartbeat } from './answers.ts';
import type { BotScripts } from './bot-scripts.ts';

/** Reports regularly that the replica lives, for each of its bots, until it is stopped. */
export class Heartbeats {
  readonly #scripts: BotScripts;
  readonly #clock: Clock;
  readonly #onEntriesLost: (bot: string) => void;
  /** Since when what this replica enters is on record, by bot. */
  readonly #onRecordSince = new Map<string, number>();
  #cancelTimer: CancelTimer = () => undefined;
  #underWay: Promise<unknown> = Promise.resolve();
  #stopped = false;

  /** @param onEntriesLost called when what the replica entered for the bot is on record no more */
  constructor(scripts: BotScripts, clock: Clock, onEntriesLost: (bot: string) => void) {
    this.#scripts = scripts;
    this.#clock = clock;
    this.#onEntriesLost = onEntriesLost;
    this.#sendLater();
  }

  /** Reports now, for one bot. */
  async send(bot: string): Promise<Heartbeat> {
    const heartbeat = toHeartbeat(await this.#scripts.run('heartbeat', bot));
    const since = this.#onRecordSince.get(bot);
    this.#onRecordSince.set(bot, heartbeat.onRecordSince);
    if (since !== undefined && since !== heartbeat.onRecordSince) this.#onEntriesLost(bot);
    return heartbeat;
  }

  /** Reports now, for every bot. */
  sendForAll(): Promise<PromiseSettledResult<Heartbeat>[]> {
    return Promise.allSettled(this.#scripts.bots.map((bot) => this.send(bot)));
  }

  /** Resolves when the last heartbeat is over. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#cancelTimer();
    await this.#underWay;
  }

  #sendLater(): void {
    this.#cancelTimer = this.#clock.setTimer(HEARTBEAT_MS, () => {
      // A failure is not reported here: every other call to the server fails too.
      this.#underWay = this.sendForAll();
      void this.#underWay.then(() => this.#stopped || this.#sendLater());
    });
  }
}
