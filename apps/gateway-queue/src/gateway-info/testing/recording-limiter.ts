import type { Change, Limits, LimitsReport } from '@gateway-queue/identify-limiter';

/** A fake of the limiter's control side. It records the reports, and fails when the test says so. */
export class RecordingLimiter {
  readonly reports: { bot: string; report: LimitsReport }[] = [];
  readonly known = new Map<string, Limits>();
  failure: Error | undefined;
  leading = true;

  readonly #listeners = new Set<(change: Change) => void>();

  onChange(listener: (change: Change) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async wantRefresh(bot: string): Promise<void> {
    for (const listener of this.#listeners) listener({ bot, refresh: true });
  }

  async leads(): Promise<boolean> {
    if (this.failure) throw this.failure;
    return this.leading;
  }

  async limits(bot: string): Promise<Limits | undefined> {
    return this.known.get(bot);
  }

  async setLimits(bot: string, report: LimitsReport): Promise<Limits> {
    if (this.failure) throw this.failure;
    this.reports.push({ bot, report });
    const limits: Limits = {
      version: this.reports.length,
      maxConcurrency: report.maxConcurrency,
      discordMaxConcurrency: report.discordMaxConcurrency ?? null,
      total: report.total,
      remaining: report.budget?.remaining ?? report.total,
      resetInMs: report.budget?.resetInMs ?? null,
      source: report.source,
      countedByDiscord: report.budget !== undefined,
    };
    this.known.set(bot, limits);
    return limits;
  }
}
