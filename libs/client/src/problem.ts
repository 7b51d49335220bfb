import { parseObject } from './body.ts';
import type { Answer } from './exchange.ts';

/** Why the queue refused a request, in its own words (`application/problem+json`). */
export interface Problem {
  /** The queue's stable code of the problem. */
  readonly code: string;
  /** The queue's explanation; empty when it gave none. */
  readonly detail: string;
}

/** Reads the queue's problem in an answer; undefined when the answer comes from a proxy, or is none. */
export function readProblem({ headers, text }: Answer): Problem | undefined {
  if (!headers.get('content-type')?.startsWith('application/problem+json')) return undefined;
  const problem = parseObject(text);
  const code = problem?.['code'];
  if (typeof code !== 'string') return undefined;
  const detail = problem?.['detail'];
  return { code, detail: typeof detail === 'string' ? detail : '' };
}
