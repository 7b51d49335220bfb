import type { Operator } from '@gateway-queue/operator-records';

/** An operator, and the IP address that the request comes from. */
export interface ActingOperator extends Operator {
  readonly from: string;
}

/** Who a request comes from, and how that is known. */
export interface Identity {
  readonly operator: ActingOperator;
  /** Null when a token was sent with the request itself. */
  readonly session: SessionInUse | null;
}

/** The session that a request belongs to. */
export interface SessionInUse {
  /** What it is kept under. */
  readonly secretHash: string;
  /** Ms since the epoch. */
  readonly expiresAt: number;
}

/** By the request, for as long as that lives. */
const identities = new WeakMap<object, Identity>();

/** Notes who was let in with this request. */
export function noteIdentity(request: object, identity: Identity): void {
  identities.set(request, identity);
}

/**
 * Who was let in with this request.
 *
 * @throws Error when its route lets in everybody
 */
export function identityOf(request: object): Identity {
  const identity = identities.get(request);
  if (identity === undefined) throw new Error('This route is not for operators: see @Access');
  return identity;
}
