import type { FastifyReply } from 'fastify';

/**
 * Sends `body` as JSON.
 *
 * @returns (as a promise) whether all of it was handed to the operating system, while the connection stood
 */
export function deliver(reply: FastifyReply, body: object): Promise<boolean> {
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
    reply.type('application/json').send(JSON.stringify(body));
  });
}
