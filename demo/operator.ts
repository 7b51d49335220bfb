import { BOTS } from './bots.ts';
import type { DemoRandom, Range } from './demo-random.ts';

const REASONS = [
  'Deploying the new shard host',
  'Looking into invalid sessions',
  'Waiting for the database',
  'Discord reports an outage',
] as const;

/** The time between two pauses. */
const BETWEEN_MS: Range = [45_000, 90_000];

/** The duration of a pause. */
const PAUSE_MS: Range = [25_000, 60_000];

/** The time after which the operator lifts some of the pauses early. */
const LIFT_MS: Range = [8000, 20_000];

/** How often a pause covers one bucket. The others cover a whole bot. */
const BUCKET_PROBABILITY = 0.8;

/** How often the operator lifts a pause before its end. */
const LIFT_PROBABILITY = 0.4;

/** Plays an operator who pauses buckets and bots with a reason, and lifts some of the pauses before their end. Rejects when the signal is aborted. */
export async function operate(
  apiUrl: string,
  token: string,
  random: DemoRandom,
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
    await random.sleep(BETWEEN_MS, signal);
    const path = `bots/${pickScope(random)}/pause`;
    const durationMs = Math.round(random.ms(PAUSE_MS));
    await call('PUT', path, { reason: random.pick(REASONS), durationMs });
    if (!random.happens(LIFT_PROBABILITY)) continue;
    await random.sleep(LIFT_MS, signal);
    await call('DELETE', `${path}?reason=${encodeURIComponent('All is well again')}`);
  }
}

function pickScope(random: DemoRandom): string {
  const { name, maxConcurrency } = random.pick(BOTS);
  const bucket = random.below(maxConcurrency);
  return random.happens(BUCKET_PROBABILITY) ? `${name}/buckets/${bucket}` : name;
}
