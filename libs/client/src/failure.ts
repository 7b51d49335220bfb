import type { Answer } from './exchange.ts';
import { readProblem } from './problem.ts';
import { reasonOf } from './reason.ts';
import { retryAfterMs } from './retry-after.ts';

/** Why a request for a permit brought none. */
export interface Failure {
  /** In words, without secrets. */
  readonly reason: string;
  /** The HTTP status of the answer; undefined when there was no answer. */
  readonly status?: number | undefined;
  /** The code of the queue's problem; undefined when the answer is not the queue's. */
  readonly code?: string | undefined;
  /** In how many ms the queue says to ask again. */
  readonly queueMs?: number | undefined;
  /** Whether the same request gets the same answer until a person or some time has changed something. */
  readonly isRefusal: boolean;
}

/** Reads the failure in an answer that is no permit. */
export function failureIn(answer: Answer): Failure {
  const { status, headers } = answer;
  const problem = readProblem(answer);
  const isTurnedAway = status === 429 || status === 503;
  return {
    reason: inWords(status, problem),
    status,
    code: problem?.code,
    queueMs: isTurnedAway ? retryAfterMs(headers) : undefined,
    isRefusal: status < 500 && !isTurnedAway,
  };
}

/** The failure of a request that got no whole answer. */
export function failureFrom(error: unknown): Failure {
  return { reason: reasonOf(error), isRefusal: false };
}

function inWords(status: number, problem: ReturnType<typeof readProblem>): string {
  const answered = `the queue answered ${status}`;
  if (!problem) return status === 200 ? `${answered} without a permit` : answered;
  const { code, detail } = problem;
  return `${answered} ${code}${detail === '' ? '' : `: ${detail}`}`;
}
