/** A script's reply that is a list. */
export function listReply(reply: unknown): unknown[] {
  if (!Array.isArray(reply)) throw new TypeError(`A script returned ${typeof reply}, not a list`);
  return reply;
}

/** A script's reply, or a part of it, that is text. */
export function textReply(reply: unknown): string {
  if (typeof reply !== 'string') throw new TypeError(`A script returned ${typeof reply}, not text`);
  return reply;
}
