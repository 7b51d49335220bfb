import { seededRandom } from '../../support/discord/random.ts';
import type { Fault, FaultKind } from './fault.ts';

/** What a plan depends on. */
export interface PlanOptions {
  readonly seed: number;
  readonly durationMs: number;
  readonly replicas: number;
  /** The values that each bot's max_concurrency may change to. */
  readonly bots: Readonly<Record<string, readonly number[]>>;
  /** Whether the store may lose writes. */
  readonly losses: boolean;
}

export interface PlannedFault {
  /** Ms from the start. */
  readonly at: number;
  readonly fault: Fault;
}

/** How often each kind occurs, in proportion to the others. */
const WEIGHTS: Readonly<Record<FaultKind, number>> = {
  'replica killed': 6,
  'replica suspended': 6,
  'rolling restart': 1,
  'redis killed': 3,
  'redis suspended': 3,
  'redis loses data': 1,
  'redis emptied': 0.5,
  'link cut': 5,
  'link refuses': 3,
  'link stalls': 6,
  'link delays': 5,
  'bot paused': 3,
  'limits change': 4,
};

/** The time between two faults, ms. A share of these times is long; the others are multiplied by a factor of the plan. */
const BETWEEN = {
  min: 100,
  max: 1800,
  long: 10_000,
  longShare: 0.1,
  minFactor: 1,
  maxFactor: 3,
} as const;

/** The faults of a run, by time. The same options always give the same plan. */
export function planFaults(options: PlanOptions): PlannedFault[] {
  const random = seededRandom(options.seed);
  const between = (min: number, max: number): number => min + random() * (max - min);
  const plan: PlannedFault[] = [];
  // With frequent faults, the order in which shards joined is rarely certain: most plans have fewer.
  const factor = between(BETWEEN.minFactor, BETWEEN.maxFactor);
  let at = 0;
  for (;;) {
    at += random() < BETWEEN.longShare ? BETWEEN.long : between(BETWEEN.min, BETWEEN.max) * factor;
    if (at >= options.durationMs) return plan;
    plan.push({ at, fault: pickFault(pickKind(options, random), options, random, between) });
  }
}

function pickKind({ losses }: PlanOptions, random: () => number): FaultKind {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- it has these keys and no others
  const kinds = (Object.keys(WEIGHTS) as FaultKind[]).filter(
    (kind) => losses || (kind !== 'redis loses data' && kind !== 'redis emptied'),
  );
  let rest = random() * kinds.reduce((sum, kind) => sum + WEIGHTS[kind], 0);
  return kinds.find((kind) => (rest -= WEIGHTS[kind]) < 0) ?? 'link cut';
}

function pickFault(
  kind: FaultKind,
  { replicas, bots }: PlanOptions,
  random: () => number,
  between: (min: number, max: number) => number,
): Fault {
  const pick = <T>(items: readonly T[]): T => {
    const item = items[Math.floor(random() * items.length)];
    if (item === undefined) throw new RangeError('There is nothing to pick from');
    return item;
  };
  const replica = Math.floor(random() * replicas);
  const bot = pick(Object.keys(bots));
  switch (kind) {
    case 'replica killed':
      return { kind, replica, forMs: between(0, 2000) };
    case 'replica suspended':
      return { kind, replica, forMs: between(200, 6000) };
    case 'rolling restart':
      return { kind, gapMs: between(0, 500) };
    case 'redis killed':
      return { kind, forMs: between(0, 2000) };
    case 'redis suspended':
      return { kind, forMs: between(200, 4000) };
    case 'redis loses data':
      return { kind, lostMs: between(100, 1000), forMs: between(0, 1000) };
    case 'redis emptied':
      return { kind };
    case 'link cut':
      return { kind, replica };
    case 'link refuses':
      return { kind, replica, forMs: between(100, 4000) };
    case 'link stalls': {
      const what = pick(['all', 'replies'] as const);
      return { kind, replica, forMs: between(100, 5000), what, thenCut: random() < 0.5 };
    }
    case 'link delays':
      return { kind, replica, forMs: between(500, 4000), byMs: between(5, 400) };
    case 'bot paused':
      return { kind, bot, bucket: pick([null, 0, 1]), forMs: between(300, 3000) };
    case 'limits change':
      return { kind, bot, maxConcurrency: pick(bots[bot] ?? []) };
    default:
      return kind satisfies never;
  }
}
