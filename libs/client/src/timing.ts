import { onAbort, type AbortSignalLike } from './abort-signal.ts';

/** The clock, the timers and the random numbers of the client. Tests replace the machine's own. */
export interface Timing {
  /** Ms on a clock that never goes back. */
  now(): number;
  /** Resolves after this many ms. Rejects at once, with the signal's reason, when the signal is aborted. */
  sleep(ms: number, signal?: AbortSignalLike): Promise<void>;
  /** Calls back after this many ms. The function that it returns cancels that. */
  after(ms: number, callback: () => void): () => void;
  /** A random number from 0 to 1, without 1. */
  random(): number;
}

/** The machine's own clock, timers and random numbers. */
export const systemTiming: Timing = {
  now: () => performance.now(),
  sleep: (ms, signal) =>
    new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        forget();
        resolve();
      }, ms);
      const forget = onAbort(signal, () => {
        clearTimeout(timer);
        // The caller's own reason, whatever it is.
        // oxlint-disable-next-line typescript/prefer-promise-reject-errors
        reject(signal?.reason);
      });
    }),
  after(ms, callback) {
    const timer = setTimeout(callback, ms);
    return () => clearTimeout(timer);
  },
  random: () => Math.random(),
};
