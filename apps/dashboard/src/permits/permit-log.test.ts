import { expect, test } from 'vitest';
import type { Permit } from '../api/schemas.ts';
import { addRecent, logOf, MAX_KEPT, NO_PERMITS } from './permit-log.ts';

const NOW = 10_000_000;

function permit(number: number, status: Permit['status'] = 'granted'): Permit {
  return { id: `p${number}`, shard: number, bucket: 0, at: NOW - 10_000 + number, status };
}

function recent(...permits: Permit[]) {
  return Object.fromEntries(permits.map(({ id, ...rest }) => [id, rest]));
}

test('adds new permits, newest first, and updates the status of known ones', () => {
  const log = logOf([permit(2, 'pending'), permit(1)], NOW);
  const next = addRecent(log, recent(permit(2, 'confirmed'), permit(3)), NOW);
  expect(next.permits).toEqual([permit(3), permit(2, 'confirmed'), permit(1)]);
  expect(next.hasGap).toBe(false);
});

test('drops permits that are older than an hour', () => {
  const log = logOf([permit(1)], NOW);
  expect(addRecent(log, {}, NOW + 3_600_000).permits).toEqual([]);
});

test('has a gap after fifty permits of which it knew none', () => {
  const log = logOf([permit(0)], NOW);
  const fifty = Array.from({ length: 50 }, (_, index) => permit(index + 100));
  expect(addRecent(log, recent(...fifty), NOW).hasGap).toBe(true);
  expect(addRecent(log, recent(...fifty.slice(1), permit(0)), NOW).hasGap).toBe(false);
  expect(addRecent(log, recent(...fifty.slice(1)), NOW).hasGap).toBe(false);
});

test('has a gap until the API was asked', () => {
  expect(addRecent(NO_PERMITS, recent(permit(1)), NOW)).toMatchObject({ hasGap: true });
});

test('is complete only since the oldest permit of a full answer', () => {
  const full = Array.from({ length: MAX_KEPT }, (_, index) => permit(MAX_KEPT - index));
  expect(logOf(full, NOW).completeSince).toBe(full.at(-1)?.at);
  expect(logOf(full.slice(1), NOW).completeSince).toBe(NOW - 3_600_000);
});

test('is no longer complete for permits that it dropped to make room for new ones', () => {
  const almostFull = Array.from({ length: MAX_KEPT - 1 }, (_, index) => permit(MAX_KEPT - index));
  const log = logOf(almostFull, NOW);
  const full = addRecent(log, recent(permit(MAX_KEPT + 1)), NOW);
  expect(full.completeSince).toBe(log.completeSince);
  const cut = addRecent(full, recent(permit(MAX_KEPT + 2), permit(MAX_KEPT + 3)), NOW);
  expect(cut.permits).toHaveLength(MAX_KEPT);
  expect(cut.completeSince).toBe(permit(4).at);
});

test('has a gap while a permit is pending that the live state no longer reports', () => {
  const log = logOf([permit(1, 'pending')], NOW);
  expect(addRecent(log, recent(permit(2)), NOW).hasGap).toBe(false);
  expect(addRecent(log, recent(permit(2)), NOW + 6000).hasGap).toBe(true);
  expect(addRecent(log, recent(permit(1, 'confirmed')), NOW + 6000).hasGap).toBe(false);
});
