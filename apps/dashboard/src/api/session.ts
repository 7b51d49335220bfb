import { request } from './request.ts';
import type { Session } from './schemas.ts';

/** Who I am. @throws ApiProblem `unauthorized` without a session */
export function showSession(signal?: AbortSignal): Promise<Session> {
  return request('GET', '/session', signal && { signal });
}

/** Logs in. @throws ApiProblem `unauthorized` when it is the token of nobody, `too-many-attempts` */
export function beginSession(token: string): Promise<Session> {
  return request('POST', '/session', { body: { token } });
}

/** Logs out. */
export function endSession(): Promise<void> {
  return request('DELETE', '/session');
}
