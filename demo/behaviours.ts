import type { DemoRandom, Range } from './demo-random.ts';

/** How a shard behaves. */
export interface Behaviour {
  readonly name: string;
  /** How many of a hundred shards behave like this. */
  readonly percent: number;
  /** How long the shard stays connected. Without it, until a restart. */
  readonly connectedMs?: Range;
  /** How long the shard waits for a permit before it hangs up and asks again. Without it, for ever. */
  readonly patienceMs?: Range;
  /** The time between one connection and the next. */
  readonly reconnectMs: Range;
  /** Whether the shard asks on `/v1` and confirms. Otherwise it asks on `/`, and the queue does not learn when it identified. */
  readonly confirms: boolean;
  readonly priority: 'normal' | 'high';
  /** How often the shard releases its permit unused, as if its connection had broken. */
  readonly releaseProbability: number;
  /** Whether the shard identifies but does not confirm, so that its permits expire. */
  readonly neverConfirms?: true;
}

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;

const ORDINARY = {
  reconnectMs: [200, 2 * SECOND_MS],
  confirms: true,
  priority: 'normal',
  releaseProbability: 0,
} as const;

const STEADY: Behaviour = { ...ORDINARY, name: 'steady', percent: 57 };

/** All behaviours. Their percentages add up to a hundred. */
const BEHAVIOURS: readonly Behaviour[] = [
  STEADY,
  { ...ORDINARY, name: 'restless', percent: 8, connectedMs: [2 * MINUTE_MS, 10 * MINUTE_MS] },
  { ...ORDINARY, name: 'impatient', percent: 10, patienceMs: [6 * SECOND_MS, 20 * SECOND_MS] },
  { ...ORDINARY, name: 'old', percent: 12, confirms: false },
  { ...ORDINARY, name: 'urgent', percent: 4, priority: 'high' },
  { ...ORDINARY, name: 'clumsy', percent: 5, releaseProbability: 0.5 },
  { ...ORDINARY, name: 'forgetful', percent: 3, neverConfirms: true },
  { ...ORDINARY, name: 'crashing', percent: 1, connectedMs: [100, SECOND_MS], priority: 'high' },
];

/** Picks a behaviour at random, by the percentages. */
export function pickBehaviour(random: DemoRandom): Behaviour {
  let remaining = random.below(100);
  for (const behaviour of BEHAVIOURS) {
    if (remaining < behaviour.percent) return behaviour;
    remaining -= behaviour.percent;
  }
  return STEADY;
}
