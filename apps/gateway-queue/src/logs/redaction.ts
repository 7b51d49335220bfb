/** The keys whose values are removed from the log, at every depth. */
const SECRET_KEYS = ['token', 'authorization', 'Authorization', 'cookie'];

/** Pino needs a path for each depth. Nothing is logged with a deeper nesting than this. */
const DEPTH = 4;

/** The paths for pino. A second line of defence: no code should log a secret in the first place. */
export function redactedPaths(): string[] {
  return SECRET_KEYS.flatMap((key) =>
    Array.from({ length: DEPTH }, (_, depth) => `${'*.'.repeat(depth)}${key}`),
  );
}
