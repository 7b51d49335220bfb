/** A limit on how long something may take. */
export interface Deadline {
  /** Aborted when the time is over, or when the one who asked gives up. */
  readonly signal: AbortSignal;
  /** Whether the time is over. */
  readonly isOver: () => boolean;
  /** To be called when it is done: nothing is aborted afterwards. */
  readonly clear: () => void;
}

/** @param ms from now; @param given ends it too, for a reason of its own */
export function deadline(ms: number, given?: AbortSignal): Deadline {
  const time = new AbortController();
  const timer = setTimeout(() => time.abort(), ms);
  return {
    signal: given === undefined ? time.signal : AbortSignal.any([time.signal, given]),
    isOver: () => time.signal.aborted,
    clear: () => clearTimeout(timer),
  };
}
