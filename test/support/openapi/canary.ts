/** Stands in every secret of these tests, and in what is sent where only a secret would be: it must never come out. */
export const CANARY = 'canary-91ce';

/** @param of whose it is */
export function secretOf(of: string): string {
  return `${CANARY}.${of}.0123456789`;
}
