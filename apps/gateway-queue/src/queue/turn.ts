import type { ServerResponse } from 'node:http';

/**
 * Resolves when the response may be written. On one connection answers go out in the order of their
 * requests, so a pipelined request has to wait for the one before it: a permit given to it earlier would
 * lie in a buffer while its time runs out.
 *
 * @throws the signal's reason (as a rejection) when it aborts first
 */
export function turnOf(response: ServerResponse, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (response.socket !== null) {
      resolve();
      return;
    }
    const giveUp = (): void => {
      response.off('socket', proceed);
      reject(signal.reason);
    };
    function proceed(): void {
      signal.removeEventListener('abort', giveUp);
      resolve();
    }
    signal.addEventListener('abort', giveUp, { once: true });
    response.once('socket', proceed);
  });
}
