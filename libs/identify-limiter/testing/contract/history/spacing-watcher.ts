import type { LimiterRules } from '@gateway-queue/identify-limiter';
import { type Event, keyOf, promised, type Watcher } from './event.ts';
import type { Span, Uses } from './uses.ts';

interface Given {
  readonly id: string;
  readonly bot: string;
  readonly bucket: number;
  readonly version: number;
  /** The largest margin that may count for it. */
  marginMs: number;
  /** The version of the limits when it was released. */
  backUnder?: number | undefined;
}

/**
 * P1 and P2: looks back at all permits of the bot whenever one is given, or denied for the interval, and says
 * of every confirm whether it came in time.
 */
export class SpacingWatcher implements Watcher {
  readonly #given = new Map<string, Given>();
  readonly #versions = new Map<string, number>();
  /** The permit that each bucket had last, unless it was released. */
  readonly #last = new Map<string, string>();
  /** When each bot's replicas may have told their heads since its buckets changed. */
  readonly #settledAt = new Map<string, number>();
  /** What each bot's margin was last. */
  readonly #margins = new Map<string, number>();
  #knownSince = 0;

  constructor(
    private readonly rules: LimiterRules,
    private readonly uses: Uses,
    private readonly settleMs: number,
  ) {}

  see(event: Event): void {
    if (event.kind === 'restarted' && event.rebooted) this.#knownSince = event.at;
    if (event.kind === 'entered') this.#learn(event.entry.bot, event.marginMs);
    if (event.kind === 'reported') this.#report(event);
    if (event.kind === 'confirmed') this.#confirm(event);
    if (event.kind === 'released') this.#release(event);
    if (event.kind === 'answered') this.#judge(event);
  }

  #report({ at, bot, limits }: Event & { kind: 'reported' }): void {
    if (this.#versions.get(bot) === limits.version) return;
    this.#versions.set(bot, limits.version);
    this.#settledAt.set(bot, at + this.settleMs);
    for (const [key, id] of this.#last) {
      if (this.#given.get(id)?.bot === bot) this.#last.delete(key);
    }
  }

  /** A margin that has grown holds for what is closed already as well. */
  #learn(bot: string, marginMs: number): void {
    promised(marginMs >= this.rules.marginMs, 'P1: the margin is less than what is set');
    this.#margins.set(bot, marginMs);
    for (const given of this.#given.values()) {
      if (given.bot === bot) given.marginMs = Math.max(given.marginMs, marginMs);
    }
  }

  #confirm({ at, permit, done }: Event & { kind: 'confirmed' }): void {
    const given = this.#given.get(permit.id);
    if (given === undefined) return;
    if (this.#isConfirmed(given)) {
      promised(done, 'P2: a second confirm was refused');
      return;
    }
    const isLast = this.#last.get(keyOf(given)) === given.id;
    const { earliest, latest } = this.#opensAt(given);
    if (done) promised(isLast && latest > at, 'P2: a confirm too late counted');
    else promised(!isLast || earliest <= at, 'P2: a confirm in time was refused');
  }

  #release({ permit, done }: Event & { kind: 'released' }): void {
    const given = this.#given.get(permit.id);
    if (given === undefined) return;
    promised(
      done !== this.#isConfirmed(given),
      'P2: a permit is confirmed or released, and never both',
    );
    if (!done) return;
    given.backUnder ??= this.#versions.get(given.bot);
    if (this.#last.get(keyOf(given)) === given.id) this.#last.delete(keyOf(given));
  }

  #judge({ at, attempt, answer }: Event & { kind: 'answered' }): void {
    const { bot, bucket, limitsVersion: version } = attempt;
    const { earliest, latest } = this.#opening(bot, bucket, version);
    if (answer.granted) {
      promised(at >= earliest, `P1: a permit ${earliest - at} ms too early`);
      const marginMs = this.#marginOf(bot);
      this.#given.set(answer.id, { id: answer.id, bot, bucket, version, marginMs });
      this.#last.set(keyOf({ bot, bucket }), answer.id);
    } else if (answer.reason === 'interval') {
      const opensAt = at + (answer.retryInMs ?? Number.NaN);
      promised(opensAt > at, 'P1: denied for an interval that is over');
      promised(
        opensAt >= earliest && opensAt <= latest,
        `P1: opens at ${opensAt}, and not from ${earliest} to ${latest}`,
      );
    } else if (answer.reason === 'line') {
      promised(latest >= earliest && earliest <= at, 'P1: sent to wait in line while closed');
    }
  }

  /** What was released after its bucket had become another one may or may not count. */
  #opening(bot: string, bucket: number, version: number): Span {
    const plain = this.#knownSince + this.rules.intervalMs;
    const certain = [plain + this.rules.marginMs];
    const possible = [plain + this.#marginOf(bot), this.#settledAt.get(bot) ?? plain];
    for (const given of this.#given.values()) {
      const concerns = given.bot === bot && (given.version !== version || given.bucket === bucket);
      if (!concerns || given.backUnder === given.version) continue;
      const opensAt = this.#opensAt(given);
      possible.push(opensAt.latest);
      if (given.backUnder === undefined) certain.push(opensAt.earliest);
    }
    return { earliest: Math.max(...certain), latest: Math.max(...possible) };
  }

  /** When its bucket may open again. */
  #opensAt(given: Given): Span {
    const { intervalMs, marginMs } = this.rules;
    const isConfirmed = this.#isConfirmed(given);
    const { earliest, latest } = this.uses.of(given.id).usedBy;
    return {
      earliest: earliest + intervalMs + (isConfirmed ? 0 : marginMs),
      latest: latest + intervalMs + (isConfirmed ? 0 : given.marginMs),
    };
  }

  #marginOf(bot: string): number {
    return this.#margins.get(bot) ?? this.rules.marginMs;
  }

  #isConfirmed({ id }: Given): boolean {
    return this.uses.of(id).confirmedAt !== undefined;
  }
}
