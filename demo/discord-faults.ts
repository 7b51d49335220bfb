import type { FakeDiscord } from '../test/support/discord/index.ts';
import { BOTS } from './bots.ts';
import type { Chance, Range } from './demo-random.ts';

/** Between two bad moments. */
const BETWEEN_MS: Range = [90_000, 240_000];

/** How many requests in a row fail. */
const FAILURES = 3;

/** Discord has bad moments, in which it answers nothing of use. Rejects when the signal is aborted. */
export async function troubleDiscord(
  discord: FakeDiscord,
  chance: Chance,
  signal: AbortSignal,
): Promise<never> {
  for (;;) {
    await chance.pause(BETWEEN_MS, signal);
    const bot = chance.pick(BOTS).name;
    discord.setRest({ kind: 'server-error', status: 502 }, { times: FAILURES, bot });
  }
}
