/** How many changes are kept, the newest. With a handful of operators that is months. */
export const AUDIT_KEPT = 10_000;

/**
 * How many entries of logins, failed logins and logouts are kept, the newest. They have a bound of their own, since a
 * viewer, or a client without any token, can make as many of them as it likes: none of them may push out a change.
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

/** What happened. A member that does not apply is null. The caller bounds the length of the texts. */
export interface AuditRecord {
  readonly action: AuditAction;
  /** The name of the token that was used; null when none is known, as after a login that failed. */
  readonly by: string | null;
  /** IP address. */
  readonly from: string;
  readonly bot: string | null;
  readonly bucket: number | null;
  /** What the action was done to besides bot and bucket, like the id of a waiter. */
  readonly target: string | null;
  readonly reason: string | null;
  /** Further facts, like `durationMs`. Numbers are finite. */
  readonly details: Readonly<Record<string, string | number | boolean | null>>;
}

/** What happened, when, and after what. */
export interface AuditEntry extends AuditRecord {
  /**
   * Grows with each entry. It goes on from the time in ms, so that no id comes twice even after the store lost its data.
   */
  readonly id: number;
  /** Whole ms since the Unix epoch, by the store's clock. Where that clock was set back, only `id` has the order. */
  readonly at: number;
}

/** An entry passes when it is equal in every member that is present here. */
export interface AuditFilter {
  readonly action?: AuditAction;
  readonly by?: string;
  readonly bot?: string;
  readonly bucket?: number;
}

/**
 * Who did what, when and why. The newest {@link AUDIT_KEPT} changes and the newest {@link ACCESS_KEPT} entries of access
 * (audit-class.ts) are kept, also over restarts.
 */
export interface AuditLog {
  /**
   * @throws Error (as a rejection) when the store failed. Whether it has the entry is not known then, and the same call
   *   again may make a second one.
   */
  append(record: AuditRecord): Promise<AuditEntry>;

  /**
   * The newest entries that pass the filter, newest first. It reads all entries that are kept at most, however few pass.
   *
   * @param limit count, from 1
   * @param before only entries with a lower id than this: the id of the last entry of the page before
   */
  page(filter: AuditFilter, limit: number, before?: number): Promise<AuditEntry[]>;
}
