import { type Event, promised, type Watcher } from './event.ts';

interface Given {
  readonly at: number;
  readonly bot: string;
  readonly bucket: number;
  readonly version: number;
  /** The version of the limits when it was given back. */
  backUnder?: number | undefined;
}

/** P1: looks back at all permits of the bot whenever one is given, or denied for the interval. */
export class SpacingWatcher implements Watcher {
  readonly #given = new Map<string, Given>();
  readonly #versions = new Map<string, number>();
  #knownSince = 0;

  constructor(private readonly intervalMs: number) {}

  see(event: Event): void {
    if (event.kind === 'restarted' && event.rebooted) this.#knownSince = event.at;
    if (event.kind === 'reported') this.#versions.set(event.bot, event.limits.version);
    if (event.kind === 'gave back') {
      const given = this.#given.get(event.permit.id);
      if (given) given.backUnder ??= this.#versions.get(given.bot);
    }
    if (event.kind === 'answered') this.#judge(event);
  }

  #judge({ at, attempt, answer }: Event & { kind: 'answered' }): void {
    const { bot, bucket, limitsVersion: version } = attempt;
    const { earliest, latest } = this.#opening(bot, bucket, version);
    if (answer.granted) {
      promised(at >= earliest, `P1: a permit ${earliest - at} ms too early`);
      this.#given.set(answer.id, { at, bot, bucket, version });
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

  /** What was given back after its bucket had become another one may or may not count. */
  #opening(bot: string, bucket: number, version: number): { earliest: number; latest: number } {
    const certain = [this.#knownSince];
    const possible = [this.#knownSince];
    for (const given of this.#given.values()) {
      const concerns = given.bot === bot && (given.version !== version || given.bucket === bucket);
      if (!concerns || given.backUnder === given.version) continue;
      possible.push(given.at);
      if (given.backUnder === undefined) certain.push(given.at);
    }
    const [earliest, latest] = [certain, possible].map((ats) => Math.max(...ats));
    return {
      earliest: (earliest ?? 0) + this.intervalMs,
      latest: (latest ?? 0) + this.intervalMs,
    };
  }
}
