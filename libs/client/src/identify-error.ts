import { parseObject } from './body.ts';
import type { Answer } from './exchange.ts';

/** The queue says that a request can never succeed: a parameter, the bot or the token is wrong. */
export class IdentifyError extends Error {
  override readonly name = 'IdentifyError';
  /** HTTP status: 400, 401, 403 or 404. */
  readonly status: number;
  /** The queue's stable code of the problem. */
  readonly code: string;
  /** The queue's explanation; empty when it gave none. */
  readonly detail: string;

  constructor(status: number, code: string, detail: string) {
    super(`The queue refuses to let the shard identify: ${status} ${code}. ${detail}`.trimEnd());
    this.status = status;
    this.code = code;
    this.detail = detail;
  }
}

/** The statuses of problems that asking again does not solve. */
const FINAL = new Set([400, 401, 403, 404]);

/**
 * Reads the refusal in an answer; undefined when asking again may help. Only the queue's own problems are final: a 403 or 404
 * without one comes from a proxy that does not reach the queue.
 */
export function readRefusal({ status, headers, text }: Answer): IdentifyError | undefined {
  if (!FINAL.has(status)) return undefined;
  if (!headers.get('content-type')?.startsWith('application/problem+json')) return undefined;
  const problem = parseObject(text);
  const code = problem?.['code'];
  if (typeof code !== 'string') return undefined;
  const detail = problem?.['detail'];
  return new IdentifyError(status, code, typeof detail === 'string' ? detail : '');
}
