import { type Agent, request } from 'node:http';
import { text } from 'node:stream/consumers';

import { monotonicNow } from '../../support/discord/index.ts';
import type { EventLoopMonitor } from './event-loop-monitor.ts';

export interface Answer {
  readonly status: number;
  /** NaN when the answer has no such header. */
  readonly retryAfterMs: number;
  readonly body: string;
  /** When the whole answer was there. */
  readonly at: number;
  /** How long before `at` the answer may have come. */
  readonly uncertaintyMs: number;
}

/** An exchange without an answer: which side ended it, and when. */
export interface NoAnswer {
  readonly endedBy: 'client' | 'server';
  readonly at: number;
  /** How long before `at` it may have ended. */
  readonly uncertaintyMs: number;
}

/** Sends one request, and never sends it again. The client hangs up when `signal` aborts. */
export function exchange(
  method: string,
  url: string,
  agent: Agent | false,
  signal: AbortSignal,
  loop: EventLoopMonitor,
): Promise<Answer | NoAnswer> {
  return new Promise((resolve) => {
    const failed = (): void => {
      const endedBy = signal.aborted ? 'client' : 'server';
      resolve({ endedBy, at: monotonicNow(), uncertaintyMs: loop.uncertaintyMs });
    };
    const asked = request(url, { method, agent, signal });
    asked.once('error', failed);
    asked.once('response', (response) => {
      const earliest = monotonicNow() - loop.uncertaintyMs;
      const { statusCode: status = 0, headers } = response;
      const retryAfterMs = Number(headers['x-retry-after-ms'] ?? Number.NaN);
      const answered = (body: string): void => {
        const at = monotonicNow();
        resolve({ status, retryAfterMs, body, at, uncertaintyMs: at - earliest });
      };
      text(response).then(answered, failed);
    });
    asked.end();
  });
}
