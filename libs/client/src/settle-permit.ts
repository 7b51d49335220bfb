import { Backoff } from './backoff.ts';
import { exchange, type Answer } from './exchange.ts';
import { readRefusal } from './identify-error.ts';
import { confirmWindowMs, type Permit } from './permit.ts';
import { reasonOf } from './reason.ts';
import type { Settings } from './settings.ts';

/** For how long it is tried, when the permit does not say until when it can be confirmed; ms. */
const BOUND_MS = 10_000;
/** A queue that is restarted is back within this time; shorter windows are tried for as long. */
const MIN_BOUND_MS = 5000;
const MAX_BOUND_MS = 60_000;
/** The queue answers these at once. */
const REQUEST_MS = 5000;

/**
 * Tells the queue what became of a permit. Both requests can be repeated, so they are, until the queue has
 * answered or the permit's time is over. True when the queue took it; false when it is too late for that,
 * or the queue could not be reached. Never rejects.
 */
export async function settlePermit(
  settings: Settings,
  action: 'confirm' | 'release',
  permit: Permit,
): Promise<boolean> {
  const { timing } = settings;
  const path = `/v1/permits/${encodeURIComponent(permit.id)}`;
  const ask =
    action === 'confirm'
      ? ({ method: 'POST', path: `${path}/confirm` } as const)
      : ({ method: 'DELETE', path } as const);
  const windowMs = confirmWindowMs(permit) ?? BOUND_MS;
  const deadline = timing.now() + Math.min(MAX_BOUND_MS, Math.max(MIN_BOUND_MS, windowMs));
  const backoff = new Backoff(() => timing.random());
  for (;;) {
    let reason: string;
    try {
      const answer = await exchange(settings, { ...ask, limitMs: REQUEST_MS });
      const taken = outcome(answer);
      if (taken !== undefined) return taken;
      reason = `the queue answered ${answer.status}`;
    } catch (error) {
      reason = reasonOf(error);
    }
    const waitMs = backoff.nextMs();
    if (timing.now() + waitMs >= deadline) return false;
    settings.tellRetry({ action, shard: permit.shard, reason, waitMs });
    await timing.sleep(waitMs);
  }
}

/** Undefined when it is to be asked again. */
function outcome(answer: Answer): boolean | undefined {
  // With no content, as the queue says it: a 200 with a page comes from something else.
  if (answer.status === 204) return true;
  return readRefusal(answer) ? false : undefined;
}
