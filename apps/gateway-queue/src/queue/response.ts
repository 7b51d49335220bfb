import type { ServerResponse } from 'node:http';
import type { FastifyReply } from 'fastify';

/**
 * Resolves when the response may be written. On one connection answers go out in the order of their requests, so a
 * pipelined request waits for the one before it. A permit given earlier would lie in a buffer while its time runs
 * out.
 *
 * @throws the signal's reason (as a rejection) when it aborts first
 */
export function untilWritable(response: ServerResponse, signal: AbortSignal): Promise<void> {
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

/**
 * Sends `json`, as it is.
 *
 * @returns (as a promise) whether all of it was handed to the operating system while the connection stood
 */
export function deliver(reply: FastifyReply, json: Buffer): Promise<boolean> {
  const { raw, request } = reply;
  const { socket } = request.raw;
  if (socket.destroyed) {
    reply.hijack();
    return Promise.resolve(false);
  }
  return new Promise((resolve) => {
    // Node reports a failed write as finished too; the connection then has the error.
    raw.once('finish', () => resolve(socket.errored === null));
    raw.once('close', () => resolve(false));
    reply.header('content-type', 'application/json').send(json);
  });
}
