import type { DatabaseSync } from 'node:sqlite';
import type { Clock } from '@gateway-queue/identify-limiter';
import { prepare } from './statement.ts';

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
  ['bots', 'closed_from'],
  ['bots', 'counts_from'],
  ['buckets', 'closed_from'],
  ['permits', 'given_at'],
  ['permits', 'confirmed_at'],
  ['permits', 'before_closed_from'],
  ['permits', 'joined_at'],
  ['ranks', 'joined_at'],
  ['ranks', 'left_at'],
  ['pauses', 'since'],
];

/** Every pair of columns that holds a closing, without `_from` and `_kind`. */
const CLOSINGS: readonly (readonly [table: string, columns: string])[] = [
  ['bots', 'closed'],
  ['buckets', 'closed'],
  ['permits', 'before_closed'],
];

/**
 * Brings the stored moments onto the clock's timeline. On the same timeline they stand as they are, to
 * the fraction of a millisecond. On another one (the machine was booted since, or is another machine)
 * only the wall clock can tell how long ago they were, and it may be wrong, so:
 *
 * - nothing in it is believed about spacing: a full interval passes first, and a permit whose confirm was still
 *   awaited at the last write has the whole time for it again, since it may still be used,
 * - the budget's reset is put off, as if no time had passed since the last write, unless it had come by then,
 * - all else (pauses, places) moves by the wall clock, and never into the future.
 *
 * @param confirmTimeoutMs the time for a confirm
 */
export function bridgeTimeline(
  database: DatabaseSync,
  clock: Clock,
  confirmTimeoutMs: number,
): void {
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
  database.prepare('UPDATE pauses SET until = until + ?').run(shift);
  database.prepare('UPDATE permits SET confirm_by = confirm_by + ?').run(shift);
  awaitAgain(database, stored.seen_at + shift, now, confirmTimeoutMs);
  for (const column of ['reset_at', 'charged_until']) {
    database
      .prepare(`UPDATE bots SET ${column} = ${column} + iif(${column} > ?, ?, ?)`)
      .run(stored.seen_at, now - stored.seen_at, shift);
  }
  database
    .prepare('UPDATE timeline SET name = ?, wall_offset = ?, seen_at = ?, known_since = ?')
    .run(clock.timeline, wallOffset, now, now);
}

/** Has everything begin now that was awaited at `seenAt`. Both are moments of the clock's timeline. */
function awaitAgain(
  database: DatabaseSync,
  seenAt: number,
  now: number,
  confirmTimeoutMs: number,
): void {
  for (const [table, columns] of CLOSINGS) {
    database
      .prepare(
        `UPDATE ${table} SET ${columns}_from = ? WHERE ${columns}_kind = 'awaited' AND ${columns}_from > ?`,
      )
      .run(now, seenAt - confirmTimeoutMs);
  }
  database
    .prepare('UPDATE permits SET confirm_by = ? WHERE confirm_by > ? AND confirmed_at IS NULL')
    .run(now + confirmTimeoutMs, seenAt);
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
