/** Probes give up after a second or more. An answer before that, in ms, can say what is wrong. */
export const CHECK_TIMEOUT_MS = 900;
