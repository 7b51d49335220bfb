/** The code that the system or Node has given an error, such as `ENOENT`; undefined when it has none. */
export function errorCode(error: unknown): string | undefined {
  const hasCode = error instanceof Error && 'code' in error;
  return hasCode && typeof error.code === 'string' ? error.code : undefined;
}
