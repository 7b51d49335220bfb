import type { Operation } from './document.ts';
import type { Credentials } from './plan.ts';

/** Who may call an operation: everybody, who has the queue's token, or operators of a role at least. */
export type Access = 'public' | 'queue' | 'viewer' | 'operator';

/** What becomes of a call. */
export type Verdict = 'let in' | 'unauthorized' | 'forbidden' | 'cross-site';

const SESSION = '/api/v1/session';

/** By the document, and by the rule that who changes anything but the own session is an operator. */
export function accessOf({ method, path, schemes }: Operation): Access {
  if (schemes.length === 0) return 'public';
  if (schemes.includes('queue')) return 'queue';
  return isSafe(method) || path === SESSION ? 'viewer' : 'operator';
}

/** What becomes of a caller with these credentials. */
export function verdictOf(operation: Operation, credentials: Credentials): Verdict {
  const access = accessOf(operation);
  if (access === 'public') {
    // Else another site could log a person in as a user of its choice.
    const isLogin = operation.path === SESSION;
    return isLogin && credentials.endsWith('-other-site') ? 'cross-site' : 'let in';
  }
  if (access === 'queue') return credentials === 'queue' ? 'let in' : 'unauthorized';
  if (!/^(?:operator|viewer)\b/.test(credentials)) return 'unauthorized';
  const isFromElsewhere = /-(?:other|no)-site$/.test(credentials);
  if (isFromElsewhere && !isSafe(operation.method)) return 'cross-site';
  return access === 'operator' && credentials.startsWith('viewer') ? 'forbidden' : 'let in';
}

function isSafe(method: string): boolean {
  return method === 'GET' || method === 'HEAD';
}
