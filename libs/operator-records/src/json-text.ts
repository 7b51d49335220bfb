/**
 * A value as text that every store keeps as it is: it has neither a NUL nor half of a surrogate pair in it, which some
 * stores lose or replace.
 *
 * @throws TypeError when the value is not JSON
 */
export function toJsonText(value: unknown): string {
  const text: string | undefined = JSON.stringify(value);
  if (text === undefined) throw new TypeError(`${typeof value} cannot be written as JSON`);
  return text;
}

/** The value of a text that {@link toJsonText} wrote. Only the store itself writes such texts, which is what vouches for `T`. */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- the caller names the type
export function fromJsonText<T>(text: string): T {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- JSON is untyped, and typed here once
  return JSON.parse(text) as T;
}
