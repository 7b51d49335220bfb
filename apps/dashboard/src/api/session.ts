import { request } from './request.ts';
import type { Session } from './schemas.ts';

/** The present session. @throws ApiProblem `unauthorized` without a session */
export function showSession(signal?: AbortSignal): Promise<Session> {
  return request('GET', '/session', signal && { signal });
}

/** Logs in. @throws ApiProblem `unauthorized` for an unknown token, `too-many-attempts` */
export function beginSession(token: string): Promise<Session> {
  return request('POST', '/session', { body: { token } });
}

/** Logs out. */
export function endSession(): Promise<void> {
  return request('DELETE', '/session');
}
