/** Why a request failed, in words. The error of `fetch` says only that it failed; its cause says why. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { message, cause } = error;
  if (!(cause instanceof Error)) return message;
  // When a host has several addresses, Node fails with an AggregateError that has a code and no message.
  const why = cause.message || ('code' in cause ? String(cause.code) : cause.name);
  return `${message}: ${why}`;
}
