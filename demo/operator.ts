import { BOTS } from './bots.ts';
import type { Chance, Range } from './demo-random.ts';

const REASONS = [
  'Deploying the new shard host',
  'Looking into invalid sessions',
  'Waiting for the database',
  'Discord reports an outage',
] as const;

/** Between two pauses, how long each is meant to be, and after what time the operator may change their mind. */
const BETWEEN_MS: Range = [45_000, 90_000];
const PAUSE_MS: Range = [25_000, 60_000];
const SECOND_THOUGHTS_MS: Range = [8000, 20_000];

/** How many pauses are of one bucket; the others are of a whole bot. */
const OF_A_BUCKET = 0.8;
const LIFTED_EARLY = 0.4;

/** Somebody who pauses buckets and bots, with a reason, and lifts some of the pauses before their end. Rejects when the signal is aborted. */
export async function operate(
  apiUrl: string,
  token: string,
  chance: Chance,
  signal: AbortSignal,
): Promise<never> {
  const call = async (method: 'PUT' | 'DELETE', path: string, body?: object): Promise<void> => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const answer = await fetch(`${apiUrl}/api/v1/${path}`, {
      method,
      signal,
      headers,
      ...(body && { body: JSON.stringify(body) }),
    });
    await answer.arrayBuffer();
  };
  for (;;) {
    await chance.pause(BETWEEN_MS, signal);
    const path = `bots/${scope(chance)}/pause`;
    const durationMs = Math.round(chance.ms(PAUSE_MS));
    await call('PUT', path, { reason: chance.pick(REASONS), durationMs });
    if (!chance.happens(LIFTED_EARLY)) continue;
    await chance.pause(SECOND_THOUGHTS_MS, signal);
    await call('DELETE', `${path}?reason=${encodeURIComponent('All is well again')}`);
  }
}

function scope(chance: Chance): string {
  const { name, maxConcurrency } = chance.pick(BOTS);
  const bucket = chance.below(maxConcurrency);
  return chance.happens(OF_A_BUCKET) ? `${name}/buckets/${bucket}` : name;
}
