/** A limit for the duration of an operation. */
export interface Deadline {
  /** Aborted when the time is over, or when the caller's own signal is. */
  readonly signal: AbortSignal;
  /** Whether the time is over. */
  readonly isOver: () => boolean;
  /** Call it when the operation is done: nothing is aborted afterwards. */
  readonly clear: () => void;
}

/** @param ms from now @param given the caller's signal, which ends the operation as well */
export function deadline(ms: number, given?: AbortSignal): Deadline {
  const time = new AbortController();
  const timer = setTimeout(() => time.abort(), ms);
  return {
    signal: given === undefined ? time.signal : AbortSignal.any([time.signal, given]),
    isOver: () => time.signal.aborted,
    clear: () => clearTimeout(timer),
  };
}
