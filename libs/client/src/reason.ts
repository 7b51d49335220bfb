/** A failed request in words. `fetch` says only that it failed; why is in its error's cause. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { message, cause } = error;
  if (!(cause instanceof Error)) return message;
  // Node fails with an AggregateError that has a code and no message when a name has several addresses.
  const why = cause.message || ('code' in cause ? String(cause.code) : cause.name);
  return `${message}: ${why}`;
}
