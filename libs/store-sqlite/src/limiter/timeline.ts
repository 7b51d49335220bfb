import type { DatabaseSync } from 'node:sqlite';
import type { Clock } from '@gateway-queue/identify-limiter';
import { prepare } from '../connection/statement.ts';

interface StoredTimeline {
  name: string;
  wall_offset: number;
  seen_at: number;
}

/** Every column that holds a moment of the past, which none may be behind the clock. */
const PAST_COLUMNS: readonly (readonly [table: string, column: string])[] = [
  ['timeline', 'seen_at'],
  ['timeline', 'known_since'],
  ['bots', 'reported_at'],
  ['bots', 'counts_from'],
  ['bots', 'margin_at'],
  ['permits', 'granted_at'],
  ['permits', 'confirmed_at'],
  ['permits', 'asked_again_at'],
  ['permits', 'before_closed_from'],
  ['permits', 'joined_at'],
  ['ranks', 'joined_at'],
  ['ranks', 'left_at'],
  ['pauses', 'since'],
];

/** Every column that may hold a moment yet to come, which must not come too early. */
const COMING_COLUMNS: readonly (readonly [table: string, column: string])[] = [
  ['bots', 'closed_from'],
  ['bots', 'reset_at'],
  ['bots', 'charged_until'],
  ['buckets', 'closed_from'],
  ['permits', 'confirm_by'],
];

/**
 * Brings the stored moments onto the clock's timeline. On the same timeline they stand as they are, to
 * the fraction of a millisecond. On another one (the machine was booted since, or is another machine)
 * only the wall clock can tell how long ago they were, and it may be wrong, so:
 *
 * - nothing in it is believed about spacing: a full interval passes first,
 * - what was yet to come at the last write is put off, as if no time had passed since: a permit may be used, and is to be
 *   confirmed, for as long as was left of its time then, and the budget's reset comes no earlier,
 * - all else (pauses, places) moves by the wall clock, and never into the future.
 */
export function bridgeTimeline(database: DatabaseSync, clock: Clock): void {
  const now = clock.now();
  const wallOffset = clock.wallNow() - now;
  const stored = prepare<StoredTimeline>(
    database,
    'SELECT name, wall_offset, seen_at FROM timeline',
  ).get();
  if (stored === undefined) {
    database
      .prepare('INSERT INTO timeline VALUES (?, ?, ?, ?)')
      .run(clock.timeline, wallOffset, now, now);
    return;
  }
  // A clock that runs behind its own past is another one, whatever its name.
  if (stored.name === clock.timeline && latestPast(database) <= now) return;

  const shift = Math.min(stored.wall_offset - wallOffset, now - latestPast(database));
  for (const [table, column] of PAST_COLUMNS) {
    database.prepare(`UPDATE ${table} SET ${column} = ${column} + ?`).run(shift);
  }
  for (const [table, column] of COMING_COLUMNS) {
    database
      .prepare(`UPDATE ${table} SET ${column} = ${column} + iif(${column} > ?, ?, ?)`)
      .run(stored.seen_at, now - stored.seen_at, shift);
  }
  database.prepare('UPDATE pauses SET until = until + ?').run(shift);
  database
    .prepare('UPDATE timeline SET name = ?, wall_offset = ?, seen_at = ?, known_since = ?')
    .run(clock.timeline, wallOffset, now, now);
}

function latestPast(database: DatabaseSync): number {
  const columns = PAST_COLUMNS.map(
    ([table, column]) => `SELECT max(${column}) AS at FROM ${table}`,
  );
  const row = prepare<{ at: number | null }>(
    database,
    `SELECT max(at) AS at FROM (${columns.join(' UNION ALL ')})`,
  ).get();
  return row?.at ?? -Infinity;
}
