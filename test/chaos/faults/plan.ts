import { seededRandom } from '../../support/discord/random.ts';
import type { Fault, FaultKind } from './fault.ts';

/** What a plan is made for. */
export interface PlanOptions {
  readonly seed: number;
  readonly durationMs: number;
  readonly replicas: number;
  /** With how many buckets each bot may be left. */
  readonly bots: Readonly<Record<string, readonly number[]>>;
  /** Whether the store may lose what was written last. */
  readonly losses: boolean;
}

export interface PlannedFault {
  /** Ms from the start. */
  readonly at: number;
  readonly fault: Fault;
}

/** How often each kind comes, in proportion. */
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

/** Between two faults, ms; now and then all is left alone for a while. And by what all but those are multiplied. */
const PAUSES = {
  least: 100,
  most: 1800,
  long: 10_000,
  longShare: 0.1,
  paceLeast: 1,
  paceMost: 3,
} as const;

/** What happens when: the same for the same options. */
export function planFaults(options: PlanOptions): PlannedFault[] {
  const random = seededRandom(options.seed);
  const between = (least: number, most: number): number => least + random() * (most - least);
  const plan: PlannedFault[] = [];
  // Where faults come thick and fast, little is ever certain of who joined before whom.
  const pace = between(PAUSES.paceLeast, PAUSES.paceMost);
  let at = 0;
  for (;;) {
    at += random() < PAUSES.longShare ? PAUSES.long : between(PAUSES.least, PAUSES.most) * pace;
    if (at >= options.durationMs) return plan;
    plan.push({ at, fault: drawFault(drawKind(options, random), options, random, between) });
  }
}

function drawKind({ losses }: PlanOptions, random: () => number): FaultKind {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- it has these keys and no others
  const kinds = (Object.keys(WEIGHTS) as FaultKind[]).filter(
    (kind) => losses || (kind !== 'redis loses data' && kind !== 'redis emptied'),
  );
  let rest = random() * kinds.reduce((sum, kind) => sum + WEIGHTS[kind], 0);
  return kinds.find((kind) => (rest -= WEIGHTS[kind]) < 0) ?? 'link cut';
}

function drawFault(
  kind: FaultKind,
  { replicas, bots }: PlanOptions,
  random: () => number,
  between: (least: number, most: number) => number,
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
