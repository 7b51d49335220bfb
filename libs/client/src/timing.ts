import { onAbort, type AbortSignalLike } from './abort-signal.ts';

/** Time and chance, as far as waiting goes. The machine's own, unless a test brings another. */
export interface Timing {
  /** Ms on a line that never goes back. */
  now(): number;
  /** Resolves after this many ms. Rejects with the signal's reason, at once, when that is aborted. */
  sleep(ms: number, signal?: AbortSignalLike): Promise<void>;
  /** Calls back after this many ms, unless what it returns was called before. */
  after(ms: number, callback: () => void): () => void;
  /** From 0 up to, not including, 1. */
  random(): number;
}

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
