/** So many changes are kept, the newest; with a handful of operators that is months. */
export const AUDIT_KEPT = 10_000;

/**
 * So many entries of who came, tried to and went are kept, the newest. They have a bound of their own, since whoever may
 * only look, or not even that, can make as many as they like: no change is dropped for one.
 */
export const ACCESS_KEPT = 2000;

export type AuditAction =
  | 'login'
  | 'login-failed'
  | 'logout'
  | 'pause'
  | 'resume'
  | 'evict'
  | 'refresh'
  | 'override-limits'
  | 'lift-override';

/** What happened. What does not apply is null. How long its texts may be is for the caller to bound. */
export interface AuditRecord {
  readonly action: AuditAction;
  /** The token's name; null when nobody is known, as of a login that failed. */
  readonly by: string | null;
  /** IP address. */
  readonly from: string;
  readonly bot: string | null;
  readonly bucket: number | null;
  /** What else it was done to, like the id of a waiter. */
  readonly target: string | null;
  readonly reason: string | null;
  /** What else there is to say, like `durationMs`. Numbers are finite. */
  readonly details: Readonly<Record<string, string | number | boolean | null>>;
}

/** What happened, when, and after what. */
export interface AuditEntry extends AuditRecord {
  /**
   * Grows with each entry, and goes on from the time in ms: so no id comes twice, not even after the store lost its data.
   */
  readonly id: number;
  /** Ms since the epoch, whole, by the store's clock. Where that clock was set back, only `id` has the order. */
  readonly at: number;
}

/** Each member that is given has to be equal. */
export interface AuditFilter {
  readonly action?: AuditAction;
  readonly by?: string;
  readonly bot?: string;
  readonly bucket?: number;
}

/**
 * Who did what, when and why. The newest {@link AUDIT_KEPT} changes and the newest {@link ACCESS_KEPT} entries of access
 * (audit-class.ts) are kept, over restarts.
 */
export interface AuditLog {
  /**
   * @throws Error (as a rejection) when the store failed; whether it has the entry is not known then, and the same call
   * again may make a second one
   */
  append(record: AuditRecord): Promise<AuditEntry>;

  /**
   * The newest that pass the filter, newest first. It looks at no more than what is kept of both classes, however few
   * pass.
   *
   * @param limit count, from 1
   * @param before only entries with a lower id: the last one of the page before
   */
  page(filter: AuditFilter, limit: number, before?: number): Promise<AuditEntry[]>;
}
