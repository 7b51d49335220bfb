import { expect, test } from 'vitest';
import type { Permit } from '../api/schemas.ts';
import { logOf } from './permit-log.ts';
import { SHOWN_MINUTES, throughputOf } from './throughput.ts';

const MINUTE = 60_000;
const NOW = 1000 * MINUTE + 30_000;

function permit(at: number, status: Permit['status'] = 'confirmed'): Permit {
  return { id: `${at}`, bucket: 0, at, status };
}

test('counts by whole minutes, without what was released', () => {
  const log = logOf(
    [
      permit(1000 * MINUTE),
      permit(999 * MINUTE + 59_999),
      permit(999 * MINUTE),
      permit(999 * MINUTE, 'released'),
      permit(998 * MINUTE + 59_999),
    ],
    NOW,
  );
  const minutes = throughputOf(log, NOW);
  expect(minutes).toHaveLength(SHOWN_MINUTES);
  expect(minutes.slice(-4).map(({ permits }) => permits)).toEqual([0, 1, 2, 1]);
  expect(minutes.filter(({ isCurrent }) => isCurrent)).toEqual([minutes.at(-1)]);
});

test('leaves out the minutes of which not everything is known', () => {
  const log = { permits: [], completeSince: 998 * MINUTE + 1, hasGap: false };
  expect(throughputOf(log, NOW).map(({ at }) => at / MINUTE)).toEqual([999, 1000]);
});
