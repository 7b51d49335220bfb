import type { LimiterRules } from '@gateway-queue/identify-limiter';
import type { PermitUse, ShardBehaviour } from './actors/shard.ts';
import { INJECTED_FAULTS, type InjectedFault } from './faults/fault.ts';
import type { NetworkConditions } from './network.ts';
import type { Random } from './random.ts';

export interface BotPlan {
  readonly name: string;
  readonly maxConcurrency: number;
  readonly total: number;
  readonly windowMs: number;
  readonly refreshEveryMs: number;
  /** Undefined when no operator pauses the bot. */
  readonly pausesEveryMs: number | undefined;
  readonly shards: readonly ShardBehaviour[];
}

/** All that a seed decides before the simulation begins. */
export interface Plan {
  readonly replicas: number;
  readonly bots: readonly BotPlan[];
  readonly faults: readonly InjectedFault[];
  /** The mean time between two faults, in ms. */
  readonly faultEveryMs: number;
  /** The conditions while the fault `bad network` lasts. */
  readonly badNetwork: NetworkConditions;
  /** For how long faults are injected, in ms. */
  readonly faultsMs: number;
}

/** The defaults of the settings, but with a reserve and a crash loop limit that a short history reaches. */
export const RULES: LimiterRules = {
  intervalMs: 5000,
  marginMs: 250,
  confirmTimeoutMs: 10_000,
  reserveOf: (bot) => (bot === 'default' ? 3 : 0),
  crashLoop: { burst: 3, windowMs: 30_000, below: 0.5 },
};

export const PLACE_TTL_MS = 90_000;

/** More than the shards of a plan, so that no place is dropped for lack of room. */
export const MAX_PLACES = 200;

export function planFrom(random: Random): Plan {
  // A quarter of the seeds has no faults: only then order and speed can be judged exactly.
  const isQuiet = random.happens(0.25);
  const faults = isQuiet ? [] : INJECTED_FAULTS.filter(() => random.happens(0.4));
  const bots = random.happens(0.4) ? ['default', 'other'] : ['default'];
  return {
    replicas: random.pick([1, 2, 2, 3, 3]),
    bots: bots.map((name) => botPlan(name, random)),
    faults,
    faultEveryMs: random.between(2000, 20_000),
    badNetwork: {
      minDelayMs: 0.2,
      maxDelayMs: random.pick([5, 60, 400]),
      dropProbability: random.pick([0, 0.02, 0.15]),
      doubleProbability: random.pick([0, 0.05, 0.2]),
      overtaking: true,
    },
    faultsMs: random.between(40_000, 160_000),
  };
}

function botPlan(name: string, random: Random): BotPlan {
  const hasFewStarts = random.happens(0.3);
  const maxConcurrency = random.pick([1, 1, 2, 3]);
  return {
    name,
    maxConcurrency,
    total: hasFewStarts ? random.whole(5, 20) : 1000,
    windowMs: hasFewStarts ? random.between(60_000, 150_000) : 86_400_000,
    refreshEveryMs: random.between(10_000, 60_000),
    pausesEveryMs: random.happens(0.3) ? random.between(10_000, 40_000) : undefined,
    shards: Array.from({ length: random.whole(1, 6 * maxConcurrency + 2) }, () =>
      behaviourFrom(random),
    ),
  };
}

function behaviourFrom(random: Random): ShardBehaviour {
  return {
    named: !random.happens(0.15),
    priority: random.happens(0.15) ? 'high' : 'normal',
    confirm: random.happens(0.5),
    permitUse: random.pick<PermitUse>([
      'confirms in time',
      'confirms in time',
      'confirms in time',
      'never confirms',
      'confirms late',
      'confirms twice',
      'releases',
    ]),
    maxWaitMs: random.happens(0.5) ? random.between(200, 20_000) : undefined,
    hangUpProbability: random.pick([0, 0.2, 0.7]),
    vanishProbability: random.pick([0, 0, 0.2]),
    connectedMs: random.pick([100, 5000, 40_000]),
  };
}
