import type { Clock, Priority } from '@gateway-queue/identify-limiter';
import type { GivenPermit } from '@gateway-queue/identify-queue';
import type { History } from '../history/history.ts';
import type { Random } from '../random.ts';
import type { Answer, Connection } from '../replica/connection.ts';
import type { Fleet } from '../replica/fleet.ts';
import type { Replica } from '../replica/replica.ts';
import type { DiscordBot } from './discord.ts';

/** How a shard confirms a permit, or that it sometimes releases it unused. */
export type PermitUse =
  | 'confirms in time'
  | 'never confirms'
  | 'confirms late'
  | 'confirms twice'
  | 'releases';

/** How a shard behaves. Times are in ms. Probabilities hold for each request. */
export interface ShardBehaviour {
  /** Whether its requests name the shard. */
  readonly named: boolean;
  readonly priority: Priority;
  readonly confirm: boolean;
  /** What it does with a permit, if it asked to confirm. */
  readonly permitUse: PermitUse;
  readonly maxWaitMs: number | undefined;
  readonly hangUpProbability: number;
  /** How often a hang-up sends no FIN, so that the replica notices it late. */
  readonly vanishProbability: number;
  /** How long it stays connected. */
  readonly connectedMs: number;
}

/** One of a bot's shards: it asks for a permit, identifies, stays connected for a while, disconnects and asks again. */
export class Shard {
  #isFinishing = false;
  #isDone = false;
  #lastAsked: Replica | undefined;

  constructor(
    private readonly number: number,
    private readonly behaviour: ShardBehaviour,
    private readonly environment: {
      readonly discord: DiscordBot;
      readonly fleet: Fleet;
      readonly clock: Clock;
      readonly history: History;
      readonly random: Random;
    },
  ) {
    void this.#run();
  }

  /** Whether the shard has its last permit, and will not ask for another one. */
  get isDone(): boolean {
    return this.#isDone;
  }

  /** From now on the shard waits without a limit, and asks for no further permit once it has one. */
  finish(): void {
    this.#isFinishing = true;
  }

  async #run(): Promise<void> {
    const { random } = this.environment;
    await this.#sleep(random.between(0, 6000));
    while (!this.#isFinishing) {
      await this.#identifyOnce();
      if (this.#isFinishing) break;
      await this.#sleep(random.between(0.2, 1.8) * this.behaviour.connectedMs);
    }
    this.#isDone = true;
  }

  /** Asks until the shard has a permit, then uses the permit. */
  async #identifyOnce(): Promise<void> {
    const { random } = this.environment;
    for (;;) {
      const answer = await this.#ask();
      if (answer?.kind === 'permit') return this.#use(answer.permit);
      await this.#sleep(random.pick([5, 50, 500, 3000]));
      if (!this.#isFinishing && random.happens(0.05)) await this.#sleep(100_000);
    }
  }

  /** Resolves to undefined when the shard hung up. */
  async #ask(): Promise<Answer | undefined> {
    const { clock, discord, history, random } = this.environment;
    const { confirm, named, priority } = this.behaviour;
    const replica = this.#replica();
    const shard = named ? this.number : null;
    const request = { bot: discord.name, shard, priority, confirm };
    const maxWaitMs = this.#isFinishing ? undefined : this.behaviour.maxWaitMs;
    const connection = replica.ask(request, maxWaitMs, (name) =>
      history.add({ kind: 'asked', bot: discord.name, shard: this.number, request: name }),
    );
    if (this.#isFinishing || !random.happens(this.behaviour.hangUpProbability))
      return connection.answered;
    const patienceMs = random.between(0, random.pick([50, 3000, 15_000]));
    const hungUp = new Promise<undefined>((resolve) => {
      clock.setTimer(patienceMs, () => {
        if (connection.isOpenForClient) this.#hangUp(replica, connection);
        resolve(undefined);
      });
    });
    return Promise.race([connection.answered, hungUp]);
  }

  /** The replica to ask: half of the time the same one as before, as through a load balancer with open connections. */
  #replica(): Replica {
    const { fleet, random } = this.environment;
    const before = this.#lastAsked;
    const stays = random.happens(0.5) && before !== undefined && !before.process.isKilled;
    this.#lastAsked = stays ? before : fleet.any(random);
    return this.#lastAsked;
  }

  #hangUp(replica: Replica, connection: Connection): void {
    const { history, random } = this.environment;
    const vanishes = random.happens(this.behaviour.vanishProbability);
    const noticedAfterMs = vanishes ? random.between(500, 8000) : random.between(0.5, 3);
    if (vanishes) history.addFault('client vanished', noticedAfterMs, replica.name);
    replica.hangUp(connection, noticedAfterMs);
  }

  async #use(permit: GivenPermit): Promise<void> {
    const { random } = this.environment;
    const { confirm, permitUse } = this.behaviour;
    if (confirm && permitUse === 'releases' && random.happens(0.5)) {
      await this.#sleep(random.between(0, 3000));
      await this.#call((replica) => replica.limiter.release(permit.bot, permit.id));
      return;
    }
    // A shard that does not confirm has to identify at once: the margin covers no more.
    const maxDelayMs = confirm ? random.pick([400, 400, 400, 400, 8000]) : 20;
    await this.#sleep(random.between(0, maxDelayMs));
    this.#identify(permit);
    if (!confirm || permitUse === 'never confirms') return;
    await this.#sleep(
      permitUse === 'confirms late' ? random.between(5000, 18_000) : random.between(50, 1500),
    );
    for (let time = 0; time < (permitUse === 'confirms twice' ? 2 : 1); time++) {
      await this.#call((replica) => replica.limiter.confirm(permit.bot, permit.id));
    }
  }

  #identify({ bot, id, shard }: GivenPermit): void {
    const { clock, discord, history, random } = this.environment;
    const permit = history.nameOf(id);
    history.add({ kind: 'sent identify', bot, shard, permit });
    clock.setTimer(random.between(20, 200), () => discord.countIdentify(permit));
  }

  /** Calls any replica, and tries up to six times, as clients do. */
  async #call(operation: (replica: Replica) => Promise<boolean>): Promise<void> {
    const { fleet, random } = this.environment;
    for (let time = 0; time < 6; time++) {
      const replica = fleet.any(random);
      try {
        await replica.call(() => operation(replica));
        return;
      } catch {
        await this.#sleep(300);
      }
    }
  }

  #sleep(ms: number): Promise<void> {
    return new Promise((resolve) => {
      this.environment.clock.setTimer(ms, resolve);
    });
  }
}
