import type { Role } from '@gateway-queue/operator-records';

/** Who may call a route: everybody, whom the queue's own guard lets in, or an operator of at least a role. */
export type AccessLevel = 'public' | 'queue' | Role;

/** Where a route's {@link AccessLevel} is noted. */
export const ACCESS = Symbol('access');

/** Whether one of `role` may do what `wanted` may. */
export function suffices(role: Role, wanted: Role): boolean {
  return role === 'operator' || role === wanted;
}
