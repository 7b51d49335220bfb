import type { Clock, Priority } from '@gateway-queue/identify-limiter';
import type { GivenPermit } from '@gateway-queue/identify-queue';
import type { History } from '../history/history.ts';
import type { Random } from '../random.ts';
import type { Answer, Connection } from '../replica/connection.ts';
import type { Fleet } from '../replica/fleet.ts';
import type { Replica } from '../replica/replica.ts';
import type { DiscordBot } from './discord.ts';

/** What a shard is like. Times in ms, probabilities for each time it asks. */
export interface Habits {
  /** Whether it says which shard it is. */
  readonly named: boolean;
  readonly priority: Priority;
  readonly confirm: boolean;
  /** How it treats its permits. */
  readonly manners: 'in time' | 'never confirms' | 'late' | 'twice' | 'releases';
  readonly maxWaitMs: number | undefined;
  readonly hangsUp: number;
  /** Its connections vanish without a word, and nobody notices for a while. */
  readonly vanishes: number;
  /** How long it stays connected. */
  readonly livesMs: number;
}

/** One of a bot's shards: asks, identifies, lives for a while, crashes, asks again. */
export class Shard {
  #isCalm = false;
  #isDone = false;
  #lastAsked: Replica | undefined;

  constructor(
    private readonly number: number,
    private readonly habits: Habits,
    private readonly around: {
      readonly discord: DiscordBot;
      readonly fleet: Fleet;
      readonly clock: Clock;
      readonly history: History;
      readonly random: Random;
    },
  ) {
    void this.#run();
  }

  /** Whether it has its permit, and will not ask for another one. */
  get isDone(): boolean {
    return this.#isDone;
  }

  /** From now on it waits for as long as it takes, and asks no more once it was served. */
  calm(): void {
    this.#isCalm = true;
  }

  async #run(): Promise<void> {
    const { random } = this.around;
    await this.#sleep(random.between(0, 6000));
    while (!this.#isCalm) {
      await this.#identifyOnce();
      if (this.#isCalm) break;
      await this.#sleep(random.between(0.2, 1.8) * this.habits.livesMs);
    }
    this.#isDone = true;
  }

  /** Asks until it has a permit, and uses that. */
  async #identifyOnce(): Promise<void> {
    const { random } = this.around;
    for (;;) {
      const answer = await this.#ask();
      if (answer?.kind === 'permit') return this.#use(answer.permit);
      await this.#sleep(random.pick([5, 50, 500, 3000]));
      if (!this.#isCalm && random.chance(0.05)) await this.#sleep(100_000);
    }
  }

  /** Resolves to undefined when it hung up. */
  async #ask(): Promise<Answer | undefined> {
    const { clock, discord, history, random } = this.around;
    const { confirm, named, priority } = this.habits;
    const replica = this.#replica();
    const shard = named ? this.number : null;
    const request = { bot: discord.name, shard, priority, confirm };
    const maxWaitMs = this.#isCalm ? undefined : this.habits.maxWaitMs;
    const connection = replica.ask(request, maxWaitMs, (name) =>
      history.add({ kind: 'asked', bot: discord.name, shard: this.number, request: name }),
    );
    if (this.#isCalm || !random.chance(this.habits.hangsUp)) return connection.answered;
    const patienceMs = random.between(0, random.pick([50, 3000, 15_000]));
    const hungUp = new Promise<undefined>((resolve) => {
      clock.setTimer(patienceMs, () => {
        if (connection.isOpenForClient) this.#hangUp(replica, connection);
        resolve(undefined);
      });
    });
    return Promise.race([connection.answered, hungUp]);
  }

  /** Often the one that it asked before: it goes by the same balancer, over the same connections. */
  #replica(): Replica {
    const { fleet, random } = this.around;
    const before = this.#lastAsked;
    const stays = random.chance(0.5) && before !== undefined && !before.process.isKilled;
    this.#lastAsked = stays ? before : fleet.any(random);
    return this.#lastAsked;
  }

  #hangUp(replica: Replica, connection: Connection): void {
    const { history, random } = this.around;
    const vanishes = random.chance(this.habits.vanishes);
    const noticedAfterMs = vanishes ? random.between(500, 8000) : random.between(0.5, 3);
    if (vanishes) history.trouble('client vanished', noticedAfterMs, replica.name);
    replica.hangUp(connection, noticedAfterMs);
  }

  async #use(permit: GivenPermit): Promise<void> {
    const { random } = this.around;
    const { confirm, manners } = this.habits;
    if (confirm && manners === 'releases' && random.chance(0.5)) {
      await this.#sleep(random.between(0, 3000));
      await this.#tell((replica) => replica.limiter.release(permit.bot, permit.id));
      return;
    }
    // Only who confirms may take its time.
    const latestMs = confirm ? random.pick([400, 400, 400, 400, 8000]) : 20;
    await this.#sleep(random.between(0, latestMs));
    this.#identify(permit);
    if (!confirm || manners === 'never confirms') return;
    await this.#sleep(manners === 'late' ? random.between(5000, 18_000) : random.between(50, 1500));
    for (let time = 0; time < (manners === 'twice' ? 2 : 1); time++) {
      await this.#tell((replica) => replica.limiter.confirm(permit.bot, permit.id));
    }
  }

  #identify({ bot, id, shard }: GivenPermit): void {
    const { clock, discord, history, random } = this.around;
    const permit = history.nameOf(id);
    history.add({ kind: 'sent identify', bot, shard, permit });
    clock.setTimer(random.between(20, 200), () => discord.count(permit));
  }

  /** Tries a few times, as clients do, wherever a balancer sends it. */
  async #tell(run: (replica: Replica) => Promise<boolean>): Promise<void> {
    const { fleet, random } = this.around;
    for (let time = 0; time < 6; time++) {
      const replica = fleet.any(random);
      try {
        await replica.call(() => run(replica));
        return;
      } catch {
        await this.#sleep(300);
      }
    }
  }

  #sleep(ms: number): Promise<void> {
    return new Promise((resolve) => {
      this.around.clock.setTimer(ms, resolve);
    });
  }
}
