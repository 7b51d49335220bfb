import type { FastifyReply } from 'fastify';

/**
 * Sends `json`, as it is.
 *
 * @returns (as a promise) whether all of it was handed to the operating system, while the connection stood
 */
export function deliver(reply: FastifyReply, json: Buffer): Promise<boolean> {
  const { raw, request } = reply;
  const { socket } = request.raw;
  if (socket.destroyed) {
    reply.hijack();
    return Promise.resolve(false);
  }
  return new Promise((resolve) => {
    // A failed write is reported as finished too; then the connection bears the error.
    raw.once('finish', () => resolve(socket.errored === null));
    raw.once('close', () => resolve(false));
    reply.header('content-type', 'application/json').send(json);
  });
}
