import { onAbort, throwIfAborted, type AbortSignalLike } from './abort-signal.ts';
import { readBody } from './body.ts';
import type { ResponseLike } from './fetch-like.ts';
import type { Settings } from './settings.ts';

export interface Ask {
  readonly method: 'POST' | 'DELETE';
  /** Below the queue's address, with the query. */
  readonly path: string;
  /** For the whole exchange, ms; then it rejects. */
  readonly limitMs: number;
  readonly signal?: AbortSignalLike | undefined;
  /** Gets the answer that came although the exchange had been given up. */
  readonly onLateAnswer?: (answer: Answer) => void;
}

export interface Answer {
  readonly status: number;
  readonly headers: ResponseLike['headers'];
  readonly text: string;
}

/** How long the rest of an answer may take whose head was there when the exchange was given up. */
const LATE_MS = 2000;

/**
 * One request and its whole answer. Rejects when there is none: the connection failed, the limit was
 * over, or the signal was aborted, then at once and with its reason.
 *
 * Giving up closes the connection, which is how the queue learns that the waiter has gone. When the head
 * of an answer was already there, the queue takes it for delivered: then the rest is still read.
 */
export async function exchange(settings: Settings, ask: Ask): Promise<Answer> {
  throwIfAborted(ask.signal);
  const controller = new AbortController();
  const answer = perform(settings, ask, controller.signal);
  return new Promise((resolve, reject) => {
    let givenUp = false;
    let stopTimer: (() => void) | undefined;

    const giveUp = (reason: unknown): void => {
      givenUp = true;
      stopTimer?.();
      stopListening();
      // The signal's own reason, whatever it is.
      // oxlint-disable-next-line typescript/prefer-promise-reject-errors
      reject(reason);
      if (answer.hasHead()) stopTimer = settings.timing.after(LATE_MS, () => controller.abort());
      else controller.abort();
    };

    const stopListening = onAbort(ask.signal, () => giveUp(ask.signal?.reason));
    stopTimer = settings.timing.after(ask.limitMs, () => {
      giveUp(new Error(`no answer within ${ask.limitMs} ms`));
    });
    answer.whole
      .then(
        (whole) => (givenUp ? ask.onLateAnswer?.(whole) : resolve(whole)),
        (error: unknown) => reject(error instanceof Error ? error : new Error(String(error))),
      )
      .finally(() => {
        stopTimer?.();
        stopListening();
        // Closes the connection when its answer was not read to the end; otherwise does nothing.
        controller.abort();
      });
  });
}

/** The request itself. */
function perform(
  settings: Settings,
  ask: Ask,
  signal: AbortSignal,
): { readonly whole: Promise<Answer>; hasHead(): boolean } {
  let hasHead = false;
  const run = async (): Promise<Answer> => {
    const response = await settings.fetch(`${settings.base}${ask.path}`, {
      method: ask.method,
      headers: settings.headers,
      // What a redirect leads to is not the queue, and a POST could arrive there as a GET.
      redirect: 'manual',
      signal,
    });
    hasHead = true;
    const { status, headers } = response;
    return { status, headers, text: await readBody(response) };
  };
  return { whole: run(), hasHead: () => hasHead };
}
