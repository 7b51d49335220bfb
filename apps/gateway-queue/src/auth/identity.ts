import type { Operator } from '@gateway-queue/operator-records';

/** An operator, and the IP address that the request comes from. */
export interface ActingOperator extends Operator {
  readonly from: string;
}

/** The operator that a request comes from, and the session if it was used. */
export interface Identity {
  readonly operator: ActingOperator;
  /** Null when a token was sent with the request itself. */
  readonly session: SessionInUse | null;
}

/** The session that a request belongs to. */
export interface SessionInUse {
  /** The key that the session is kept under. */
  readonly secretHash: string;
  /** Ms since the Unix epoch. */
  readonly expiresAt: number;
}

/** By request, for as long as the request lives. */
const identities = new WeakMap<object, Identity>();

/** Notes the operator that the guard has admitted with this request. */
export function noteIdentity(request: object, identity: Identity): void {
  identities.set(request, identity);
}

/**
 * The operator that the guard has admitted with this request.
 *
 * @throws Error when the route is not for operators
 */
export function identityOf(request: object): Identity {
  const identity = identities.get(request);
  if (identity === undefined) throw new Error('This route is not for operators: see @Access');
  return identity;
}
