import type { AuditRecord } from './audit-log.ts';
import { toJsonText } from './json-text.ts';
import type { LimitsOverride } from './limits-overrides.ts';
import type { Session } from './sessions.ts';

/** The record as every store keeps it: its members and no others, whatever else the caller's object has. */
export function recordText(record: AuditRecord): string {
  const { action, by, from, bot, bucket, target, reason, details } = record;
  return toJsonText({ action, by, from, bot, bucket, target, reason, details });
}

export type KeptSession = Omit<Session, 'expiresAt'>;

/** The same of a session. */
export function sessionText({ name, role, tokenHash }: KeptSession): string {
  return toJsonText({ name, role, tokenHash });
}

export type KeptOverride = Pick<LimitsOverride, 'maxConcurrency' | 'by' | 'reason'>;

/** The same of an override. */
export function overrideText({ maxConcurrency, by, reason }: KeptOverride): string {
  return toJsonText({ maxConcurrency, by, reason });
}
