/** One of the demo's bots. */
export interface DemoBot {
  readonly name: string;
  /** The fake Discord accepts it; the real one does not know it. */
  readonly token: string;
  readonly shards: number;
  readonly maxConcurrency: number;
  /** Session starts in a window. */
  readonly total: number;
  /** Session starts that are left when the demo begins. */
  readonly remaining: number;
  /** The time until the first reset. */
  readonly resetAfterMs: number;
  /** The time between two resets after that. */
  readonly periodMs: number;
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/**
 * A large bot, whose first boot takes a minute and a half and uses so many session starts that crash loops are throttled from
 * then on; and a small bot, which has too few session starts, reaches its reserve, and waits until the reset.
 */
export const BOTS: readonly [DemoBot, ...DemoBot[]] = [
  {
    name: 'music',
    token: 'demo.music.token',
    shards: 288,
    maxConcurrency: 16,
    total: 2000,
    remaining: 1130,
    resetAfterMs: 5 * HOUR_MS,
    periodMs: DAY_MS,
  },
  {
    name: 'moderation',
    token: 'demo.moderation.token',
    shards: 30,
    maxConcurrency: 2,
    total: 1000,
    remaining: 36,
    resetAfterMs: 4 * MINUTE_MS,
    periodMs: 10 * MINUTE_MS,
  },
];
