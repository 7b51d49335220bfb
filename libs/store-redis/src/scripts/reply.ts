/** A script's reply that is JSON. Only our own scripts write it, which is what vouches for `T`. */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- the caller names the type
export function parseReply<T>(reply: unknown): T {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- JSON is untyped, and typed here once
  return JSON.parse(textReply(reply)) as T;
}

/** A script's reply, or a part of it, that is a list. */
export function listReply(reply: unknown): unknown[] {
  if (!Array.isArray(reply)) throw new TypeError(`A script returned ${typeof reply}, not a list`);
  return reply;
}

/** A script's reply, or a part of it, that is text. */
export function textReply(reply: unknown): string {
  if (typeof reply !== 'string') throw new TypeError(`A script returned ${typeof reply}, not text`);
  return reply;
}
