import type { FakeDiscord } from '../test/support/discord/index.ts';
import { BOTS } from './bots.ts';
import type { DemoRandom, Range } from './demo-random.ts';

/** The time between two faults. */
const BETWEEN_MS: Range = [90_000, 240_000];

/** How many requests in a row fail in a fault. */
const FAILURES = 3;

/** Lets the fake Discord answer some requests for limits with 502. Rejects when the signal is aborted. */
export async function injectDiscordFaults(
  discord: FakeDiscord,
  random: DemoRandom,
  signal: AbortSignal,
): Promise<never> {
  for (;;) {
    await random.sleep(BETWEEN_MS, signal);
    const bot = random.pick(BOTS).name;
    discord.setRest({ kind: 'server-error', status: 502 }, { times: FAILURES, bot });
  }
}
