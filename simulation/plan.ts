import type { LimiterRules } from '@gateway-queue/identify-limiter';
import type { Habits } from './actors/shard.ts';
import type { Weather } from './network.ts';
import type { Random } from './random.ts';

/** What may go wrong in a simulation. */
export type Mishap =
  | 'crash-loop'
  | 'kill'
  | 'stop'
  | 'store away'
  | 'store slow'
  | 'store emptied'
  | 'store lost writes'
  | 'limits change'
  | 'spent elsewhere';

const MISHAPS: readonly Mishap[] = [
  'crash-loop',
  'kill',
  'stop',
  'store away',
  'store slow',
  'store emptied',
  'store lost writes',
  'limits change',
  'spent elsewhere',
];

export interface BotPlan {
  readonly name: string;
  readonly maxConcurrency: number;
  readonly total: number;
  readonly windowMs: number;
  readonly refreshEveryMs: number;
  readonly pausesEveryMs: number | undefined;
  readonly shards: readonly Habits[];
}

/** All that a seed decides before the simulation begins. */
export interface Plan {
  readonly replicas: number;
  readonly bots: readonly BotPlan[];
  readonly mishaps: readonly Mishap[];
  /** How often one of them happens, in ms. */
  readonly mishapEveryMs: number;
  readonly crashLoops: Weather;
  /** How long there is trouble. */
  readonly troubleMs: number;
}

/** Those of the settings' defaults, but for a reserve and a throttling that a short history comes to. */
export const RULES: LimiterRules = {
  intervalMs: 5000,
  marginMs: 250,
  confirmTimeoutMs: 10_000,
  reserveOf: (bot) => (bot === 'default' ? 3 : 0),
  crashLoop: { burst: 3, windowMs: 30_000, below: 0.5 },
};

export const PLACE_TTL_MS = 90_000;

/** More than there are shards. */
export const MAX_PLACES = 200;

export function planFrom(random: Random): Plan {
  // A good part of the seeds has nothing go wrong: only then order and speed can be told exactly.
  const isQuiet = random.chance(0.25);
  const mishaps = isQuiet ? [] : MISHAPS.filter(() => random.chance(0.4));
  const bots = random.chance(0.4) ? ['default', 'other'] : ['default'];
  return {
    replicas: random.pick([1, 2, 2, 3, 3]),
    bots: bots.map((name) => botPlan(name, random)),
    mishaps,
    mishapEveryMs: random.between(2000, 20_000),
    crashLoops: {
      leastDelayMs: 0.2,
      mostDelayMs: random.pick([5, 60, 400]),
      drop: random.pick([0, 0.02, 0.15]),
      double: random.pick([0, 0.05, 0.2]),
      overtaking: true,
    },
    troubleMs: random.between(40_000, 160_000),
  };
}

function botPlan(name: string, random: Random): BotPlan {
  const isPoor = random.chance(0.3);
  const maxConcurrency = random.pick([1, 1, 2, 3]);
  return {
    name,
    maxConcurrency,
    total: isPoor ? random.whole(5, 20) : 1000,
    windowMs: isPoor ? random.between(60_000, 150_000) : 86_400_000,
    refreshEveryMs: random.between(10_000, 60_000),
    pausesEveryMs: random.chance(0.3) ? random.between(10_000, 40_000) : undefined,
    shards: Array.from({ length: random.whole(1, 6 * maxConcurrency + 2) }, () =>
      habitsFrom(random),
    ),
  };
}

function habitsFrom(random: Random): Habits {
  return {
    named: !random.chance(0.15),
    priority: random.chance(0.15) ? 'high' : 'normal',
    confirm: random.chance(0.5),
    manners: random.pick([
      'in time',
      'in time',
      'in time',
      'never confirms',
      'late',
      'twice',
      'releases',
    ]),
    maxWaitMs: random.chance(0.5) ? random.between(200, 20_000) : undefined,
    hangsUp: random.pick([0, 0.2, 0.7]),
    vanishes: random.pick([0, 0, 0.2]),
    livesMs: random.pick([100, 5000, 40_000]),
  };
}
