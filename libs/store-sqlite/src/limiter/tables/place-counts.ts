import type { DatabaseSync } from 'node:sqlite';
import { prepare, type Statement } from '../../connection/statement.ts';

/** How many places of each bot are kept: counted in memory, because SQLite would walk through all of them. */
export class PlaceCounts {
  readonly #countAll: Statement<{ bot: string; places: number }>;
  readonly #counts = new Map<string, number>();

  constructor(database: DatabaseSync) {
    this.#countAll = prepare(
      database,
      'SELECT bot, count(*) AS places FROM ranks WHERE left_at IS NOT NULL GROUP BY bot',
    );
  }

  of(bot: string): number {
    return this.#counts.get(bot) ?? 0;
  }

  add(bot: string, places: number): void {
    this.#counts.set(bot, this.of(bot) + places);
  }

  /** Counts them again. */
  reload(): void {
    this.#counts.clear();
    for (const { bot, places } of this.#countAll.all()) this.#counts.set(bot, places);
  }
}
