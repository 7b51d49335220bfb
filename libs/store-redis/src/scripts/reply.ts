/** A script's reply that is JSON: that our own scripts wrote it is what vouches for `T`. */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- what it is called for
export function parseReply<T>(reply: unknown): T {
  if (typeof reply !== 'string') throw new TypeError(`A script returned ${typeof reply}, not text`);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- JSON is untyped, and typed here once
  return JSON.parse(reply) as T;
}

/** A script's reply that is a list. */
export function listReply(reply: unknown): unknown[] {
  if (!Array.isArray(reply)) throw new TypeError(`A script returned ${typeof reply}, not a list`);
  return reply;
}
