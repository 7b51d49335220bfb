import { Backoff } from './backoff.ts';
import { exchange, type Answer } from './exchange.ts';
import { failureFrom, failureIn, type Failure } from './failure.ts';
import { confirmWindowMs, type Permit } from './permit.ts';
import { readProblem } from './problem.ts';
import type { Settings } from './settings.ts';

/** How long the request is repeated, in ms, when the permit does not say until when it can be confirmed. */
const BOUND_MS = 10_000;
/** The request is repeated at least this long, in ms: a queue that restarts is back within this time. */
const MIN_BOUND_MS = 5000;
/** The request is repeated at most this long, in ms. */
const MAX_BOUND_MS = 60_000;
/** Statuses of the queue's problems that last longer than the request is repeated. */
const FINAL = new Set([400, 401, 403, 404]);
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
    let failure: Failure;
    try {
      const answer = await exchange(settings, { ...ask, limitMs: REQUEST_MS });
      const taken = outcome(answer);
      if (taken !== undefined) return taken;
      failure = failureIn(answer);
    } catch (error) {
      failure = failureFrom(error);
    }
    const waitMs = backoff.nextMs();
    if (timing.now() + waitMs >= deadline) return false;
    const { reason, status, code } = failure;
    settings.reporter.report({ action, shard: permit.shard, reason, status, code, waitMs }, false);
    await timing.sleep(waitMs);
  }
}

/** Whether the queue accepted the request; undefined when the client must ask again. */
function outcome(answer: Answer): boolean | undefined {
  // The queue answers 204. A 200 with a page does not come from the queue.
  if (answer.status === 204) return true;
  // A 403 or 404 that is not the queue's comes from a proxy that does not reach it.
  return FINAL.has(answer.status) && readProblem(answer) ? false : undefined;
}
