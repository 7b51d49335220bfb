import type { Role } from '@gateway-queue/operator-records';

/** Who may call a route: every client, clients that the queue's own guard admits, or operators with at least a role. */
export type AccessLevel = 'public' | 'queue' | Role;

/** Where a route's {@link AccessLevel} is noted. */
export const ACCESS = Symbol('access');

/** Whether an operator with `role` may do what `wanted` may. */
export function suffices(role: Role, wanted: Role): boolean {
  return role === 'operator' || role === wanted;
}
