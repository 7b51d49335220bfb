import { type Agent, request } from 'node:http';
import { text } from 'node:stream/consumers';

import { monotonicNow } from '../../support/discord/index.ts';
import type { LoopWatch } from './loop-watch.ts';

export interface Answer {
  readonly status: number;
  /** NaN where nothing is said of it. */
  readonly retryAfterMs: number;
  readonly body: string;
  /** When all of it was there. */
  readonly at: number;
  /** How long before that it may have come. */
  readonly doubtMs: number;
}

/** Who ended an exchange that had no answer, and when. */
export interface NoAnswer {
  readonly endedBy: 'client' | 'server';
  readonly at: number;
  /** How long before that it may have been. */
  readonly doubtMs: number;
}

/** Sends one request, and nothing again. The client hangs up when `signal` aborts. */
export function exchange(
  method: string,
  url: string,
  agent: Agent | false,
  signal: AbortSignal,
  loop: LoopWatch,
): Promise<Answer | NoAnswer> {
  return new Promise((resolve) => {
    const failed = (): void => {
      const endedBy = signal.aborted ? 'client' : 'server';
      resolve({ endedBy, at: monotonicNow(), doubtMs: loop.doubtMs });
    };
    const asked = request(url, { method, agent, signal });
    asked.once('error', failed);
    asked.once('response', (response) => {
      const earliest = monotonicNow() - loop.doubtMs;
      const { statusCode: status = 0, headers } = response;
      const retryAfterMs = Number(headers['x-retry-after-ms'] ?? Number.NaN);
      const answered = (body: string): void => {
        const at = monotonicNow();
        resolve({ status, retryAfterMs, body, at, doubtMs: at - earliest });
      };
      text(response).then(answered, failed);
    });
    asked.end();
  });
}
