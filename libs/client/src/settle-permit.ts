import { Backoff } from './backoff.ts';
import { exchange, type Answer } from './exchange.ts';
import { readRefusal } from './identify-error.ts';
import { confirmWindowMs, type Permit } from './permit.ts';
import { reasonOf } from './reason.ts';
import type { Settings } from './settings.ts';

/** How long the request is repeated, in ms, when the permit does not say until when it can be confirmed. */
const BOUND_MS = 10_000;
/** The request is repeated at least this long, in ms: a queue that restarts is back within this time. */
const MIN_BOUND_MS = 5000;
/** The request is repeated at most this long, in ms. */
const MAX_BOUND_MS = 60_000;
/** How long one request may take, in ms. The queue answers it at once. */
const REQUEST_MS = 5000;

/**
 * Tells the queue that a permit was used or not used. Both requests may be repeated, so the client repeats them until the queue
 * has answered or the permit's time is over. Resolves to true when the queue accepted the request, to false when it was too late
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
    settings.reportRetry({ action, shard: permit.shard, reason, waitMs });
    await timing.sleep(waitMs);
  }
}

/** Whether the queue accepted the request; undefined when the client must ask again. */
function outcome(answer: Answer): boolean | undefined {
  // The queue answers 204. A 200 with a page does not come from the queue.
  if (answer.status === 204) return true;
  return readRefusal(answer) ? false : undefined;
}
