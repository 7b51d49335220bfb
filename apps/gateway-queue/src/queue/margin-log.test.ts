import { beforeEach, expect, test } from 'vitest';
import { MarginLog } from './margin-log.ts';

let lines: string[];
let log: MarginLog;

beforeEach(() => {
  lines = [];
  log = new MarginLog('music', {
    log: (line: string) => lines.push(`info ${line}`),
    warn: (line: string) => lines.push(`warn ${line}`),
  });
});

function see(ms: number): void {
  log.see({ ms, setMs: 750, backAt: ms > 750 ? 1 : null, refusals: 2 });
}

test('P12 a margin that grows is a warning once, and its end is logged', () => {
  for (const ms of [750, 1000, 1000, 1250, 1000, 750, 750, 1000]) see(ms);
  const warning =
    'warn Discord seems to refuse shards of bot music: 2 asked again soon after their permits within the last hour. ' +
    'Its margin has grown from 750 to 1000 ms, so permits come later. When that lasts, raise IDENTIFY_MARGIN_MS';
  expect(lines).toEqual([
    warning,
    'info The margin of bot music has grown on, to 1250 ms',
    'info The margin of bot music is back at 750 ms',
    warning,
  ]);
});
