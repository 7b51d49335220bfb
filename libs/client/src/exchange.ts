import { onAbort, throwIfAborted, type AbortSignalLike } from './abort-signal.ts';
import { readBody } from './body.ts';
import type { ResponseLike } from './fetch-like.ts';
import type { Settings } from './settings.ts';

/** One request to the queue. */
export interface Ask {
  readonly method: 'POST' | 'DELETE';
  /** The path below the queue's address, with the query. */
  readonly path: string;
  /** How long the whole exchange may take, in ms. After that it rejects. */
  readonly limitMs: number;
  readonly signal?: AbortSignalLike | undefined;
  /** Called with an answer that came after the exchange had been given up. */
  readonly onLateAnswer?: (answer: Answer) => void;
}

/** A whole answer. */
export interface Answer {
  readonly status: number;
  readonly headers: ResponseLike['headers'];
  readonly text: string;
}

/** How long the rest of an answer may take, in ms, when its head had arrived before the exchange was given up. */
const LATE_MS = 2000;

/**
 * Sends one request and reads its whole answer. Rejects when the connection fails or the limit is over. Rejects at once, with
 * the signal's reason, when the signal is aborted.
 *
 * Giving up closes the connection, so that the queue removes the waiter from the line. When the head of an answer has arrived,
 * the queue counts the answer as delivered, so the rest is still read.
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
        // Closes the connection when the answer was not read to the end; otherwise it does nothing.
        controller.abort();
      });
  });
}

/** Sends the request. */
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
      // A redirect leads away from the queue, and could turn a POST into a GET.
      redirect: 'manual',
      signal,
    });
    hasHead = true;
    const { status, headers } = response;
    return { status, headers, text: await readBody(response) };
  };
  return { whole: run(), hasHead: () => hasHead };
}
