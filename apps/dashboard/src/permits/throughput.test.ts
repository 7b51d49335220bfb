import { expect, test } from 'vitest';
import type { Permit } from '../api/schemas.ts';
import { logOf } from './permit-log.ts';
import { SHOWN_MINUTES, throughputOf } from './throughput.ts';

const MINUTE = 60_000;
const NOW = 1000 * MINUTE + 30_000;

function permit(at: number, status: Permit['status'] = 'confirmed'): Permit {
  return { id: `${at}`, bucket: 0, at, status };
}

test('counts permits by whole minutes, without released ones', () => {
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

test('leaves out minutes before the log is complete', () => {
  const log = { permits: [], completeSince: 998 * MINUTE + 1, hasGap: false };
  expect(throughputOf(log, NOW).map(({ at }) => at / MINUTE)).toEqual([999, 1000]);
});
