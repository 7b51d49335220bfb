import { setTimeout as sleep } from 'node:timers/promises';

import { type FakeDiscord, monotonicNow } from '../../support/discord/index.ts';
import type { DurableRedis } from '../cluster/durable-redis.ts';
import type { Replica } from '../cluster/replica.ts';
import type { PauseSpan, FaultSpan } from '../history.ts';
import type { Operator } from '../store/operator.ts';
import type { Fault } from './fault.ts';

/** What faults are injected into. */
export interface Targets {
  readonly replicas: readonly Replica[];
  readonly redis: DurableRedis;
  readonly discord: FakeDiscord;
  readonly operator: Operator;
}

/** Injects faults, and records when each began and ended. */
export class Injector {
  readonly faults: FaultSpan[] = [];
  readonly pauses: PauseSpan[] = [];
  readonly lossesAt: number[] = [];
  /** How many faults of each kind were injected. */
  readonly counts = new Map<string, number>();
  readonly #running = new Set<Promise<void>>();
  #redisIsBusy = false;

  constructor(private readonly targets: Targets) {}

  /** Injects a fault in the background, unless its target is down already. */
  inject(fault: Fault): void {
    const done = this.#start(fault);
    if (done === undefined) return;
    this.counts.set(fault.kind, (this.counts.get(fault.kind) ?? 0) + 1);
    const running = done.finally(() => this.#running.delete(running));
    this.#running.add(running);
    // idle() reports a failure.
    running.catch(() => undefined);
  }

  /** Resolves when all faults are over. Rejects when a fault could not be injected. */
  async idle(): Promise<void> {
    await Promise.all(this.#running);
  }

  #start(fault: Fault): Promise<void> | undefined {
    const { discord } = this.targets;
    switch (fault.kind) {
      case 'replica killed':
        return this.#kill(this.#replica(fault.replica), fault.forMs);
      case 'replica suspended':
        return this.#suspend(this.#replica(fault.replica), fault.forMs);
      case 'rolling restart':
        return this.#restartAll(fault.gapMs);
      case 'redis killed':
      case 'redis suspended':
      case 'redis loses data':
      case 'redis emptied':
        return this.#injectRedisFault(fault);
      case 'link cut':
        return this.#link(fault, 0, ({ link }) => link.cut());
      case 'link refuses':
        return this.#link(fault, fault.forMs, ({ link }) => link.refuse());
      case 'link stalls':
        return this.#link(fault, fault.forMs, ({ link }) => link.stall(fault.what), fault.thenCut);
      case 'link delays':
        return this.#link(fault, fault.forMs, ({ link }) => link.delay(fault.byMs));
      case 'bot paused':
        return this.#pause(fault);
      case 'limits change':
        discord.setLimits({ maxConcurrency: fault.maxConcurrency }, fault.bot);
        return Promise.resolve();
      default:
        return fault satisfies never;
    }
  }

  #kill(replica: Replica, forMs: number): Promise<void> | undefined {
    if (!replica.isUp) return undefined;
    return this.#during('replica killed', replica.index, async () => {
      await replica.kill();
      await sleep(forMs);
      await replica.start();
    });
  }

  #suspend(replica: Replica, forMs: number): Promise<void> | undefined {
    if (!replica.isUp || replica.isSuspended) return undefined;
    return this.#during('replica suspended', replica.index, async () => {
      replica.suspend();
      await sleep(forMs);
      replica.resume();
    });
  }

  async #restartAll(gapMs: number): Promise<void> {
    for (const replica of this.targets.replicas) {
      if (!replica.isUp) continue;
      await this.#during('rolling restart', replica.index, async () => {
        await replica.end();
        await replica.start();
      });
      await sleep(gapMs);
    }
  }

  /** Redis has at most one fault at a time. */
  #injectRedisFault(fault: Extract<Fault, { kind: `redis ${string}` }>): Promise<void> | undefined {
    if (this.#redisIsBusy) return undefined;
    this.#redisIsBusy = true;
    return this.#during(fault.kind, null, () => this.#runRedisFault(fault)).finally(() => {
      this.#redisIsBusy = false;
    });
  }

  async #runRedisFault(fault: Extract<Fault, { kind: `redis ${string}` }>): Promise<void> {
    const { operator, redis } = this.targets;
    if (fault.kind === 'redis emptied') {
      this.lossesAt.push(monotonicNow());
      await operator.flush();
      return;
    }
    if (fault.kind === 'redis suspended') {
      redis.signal('SIGSTOP');
      await sleep(fault.forMs);
      redis.signal('SIGCONT');
      return;
    }
    if (fault.kind === 'redis loses data') {
      await redis.killLosing(fault.lostMs);
      this.lossesAt.push(monotonicNow());
    } else await redis.kill();
    await sleep(fault.forMs);
    await redis.start();
  }

  #link(
    { kind, replica: index }: { readonly kind: string; readonly replica: number },
    forMs: number,
    act: (replica: Replica) => void,
    thenCut = false,
  ): Promise<void> {
    const replica = this.#replica(index);
    return this.#during(kind, index, async () => {
      act(replica);
      await sleep(forMs);
      if (thenCut) replica.link.cut();
      replica.link.heal();
    });
  }

  #pause({
    bot,
    bucket,
    forMs,
  }: Extract<Fault, { kind: 'bot paused' }>): Promise<void> | undefined {
    // A second pause of the same scope would replace the first, and be lifted with it.
    const isPaused = (pause: PauseSpan): boolean =>
      pause.bot === bot && pause.bucket === bucket && pause.liftAnsweredAt === Infinity;
    if (this.pauses.some(isPaused)) return undefined;
    const span = {
      bot,
      bucket,
      from: monotonicNow(),
      answeredAt: Infinity,
      liftedAt: Infinity,
      liftAnsweredAt: Infinity,
    };
    this.pauses.push(span);
    return this.targets.operator.pauseFor(span, forMs);
  }

  async #during(kind: string, replica: number | null, act: () => Promise<void>): Promise<void> {
    const span: FaultSpan = { kind, replica, from: monotonicNow(), to: Infinity };
    this.faults.push(span);
    await act();
    span.to = monotonicNow();
  }

  #replica(index: number): Replica {
    const replica = this.targets.replicas[index];
    if (replica === undefined) throw new RangeError(`There is no replica ${index}`);
    return replica;
  }
}
