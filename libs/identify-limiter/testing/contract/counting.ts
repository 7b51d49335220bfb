/*
 * What every limiter makes of Discord's count. These figures are written here again, and not taken from constants.ts, so
 * that a test fails when one of them changes.
 */

/** For so many ms a start that was made may be missing from Discord's count. */
export const UNCOUNTED_MS = 10_000;

/** Certainly longer than that, and certainly less, in ms. */
export const COUNTED_MS = UNCOUNTED_MS + 1000;
export const STILL_UNCOUNTED_MS = UNCOUNTED_MS - 1000;

/** A reset is taken to be so many ms later than Discord says. */
export const RESET_SLACK_MS = 1000;
