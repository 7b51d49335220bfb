/** What nobody may read in a log, wherever it stands. */
const SECRET_KEYS = ['token', 'authorization', 'Authorization', 'cookie'];

/** Pino looks at no depth by itself; what is logged here is never nested deeper than this. */
const DEPTH = 4;

/** Paths for pino: the second line of defence, for what should not have been logged in the first place. */
export function redactedPaths(): string[] {
  return SECRET_KEYS.flatMap((key) =>
    Array.from({ length: DEPTH }, (_, depth) => `${'*.'.repeat(depth)}${key}`),
  );
}
