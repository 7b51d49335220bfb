import type { Chance, Range } from './demo-random.ts';

/** How a shard behaves. */
export interface Manner {
  readonly name: string;
  /** How many of a hundred shards are so. */
  readonly percent: number;
  /** How long it stays connected; until it is restarted unless given. */
  readonly livesMs?: Range;
  /** How long it waits for a permit before it hangs up, and asks again; for ever unless given. */
  readonly waitsMs?: Range;
  /** Between one connection and the next. */
  readonly restsMs: Range;
  /** Whether it uses `/v1`, and confirms; else it asks at `/`, and nobody learns when it identified. */
  readonly confirms: boolean;
  readonly priority: 'normal' | 'high';
  /** How often it gives its permit back, because the connection broke meanwhile: the share. */
  readonly givesBack: number;
  /** Whether it never confirms what it has identified with, so that its permits are abandoned. */
  readonly forgets?: true;
}

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;

const ORDINARY = {
  restsMs: [200, 2 * SECOND_MS],
  confirms: true,
  priority: 'normal',
  givesBack: 0,
} as const;

const STEADY: Manner = { ...ORDINARY, name: 'steady', percent: 57 };

/** All there are; together they are a hundred percent. */
export const MANNERS: readonly Manner[] = [
  STEADY,
  { ...ORDINARY, name: 'restless', percent: 8, livesMs: [2 * MINUTE_MS, 10 * MINUTE_MS] },
  { ...ORDINARY, name: 'impatient', percent: 10, waitsMs: [6 * SECOND_MS, 20 * SECOND_MS] },
  { ...ORDINARY, name: 'old', percent: 12, confirms: false },
  { ...ORDINARY, name: 'urgent', percent: 4, priority: 'high' },
  { ...ORDINARY, name: 'clumsy', percent: 5, givesBack: 0.5 },
  { ...ORDINARY, name: 'forgetful', percent: 3, forgets: true },
  { ...ORDINARY, name: 'crashing', percent: 1, livesMs: [100, SECOND_MS], priority: 'high' },
];

/** By lot. */
export function drawManner(chance: Chance): Manner {
  let lot = chance.below(100);
  for (const manner of MANNERS) {
    if (lot < manner.percent) return manner;
    lot -= manner.percent;
  }
  return STEADY;
}
