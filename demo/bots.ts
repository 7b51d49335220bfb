/** One of the demo's bots. */
export interface DemoBot {
  readonly name: string;
  /** Worth nothing anywhere but at the fake of Discord. */
  readonly token: string;
  readonly shards: number;
  readonly maxConcurrency: number;
  /** Session starts: in a window, left at the beginning, and when and how often there are all of them again. */
  readonly total: number;
  readonly remaining: number;
  readonly resetAfterMs: number;
  readonly periodMs: number;
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/**
 * A large bot whose first boot takes a minute and a half, and uses up enough session starts for throttling to work; and a small
 * one that has too few, waits for its reserve's sake, and goes on at the reset.
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
