import type { AuditRecord, Session } from '@gateway-queue/operator-records';
import * as fc from 'fast-check';

export const BOT = 'default';
export const OTHER_BOT = 'other';

/** The record of a pause of the bot, with some members replaced. */
export function record(rest: Partial<AuditRecord> = {}): AuditRecord {
  return {
    action: 'pause',
    by: 'ana',
    from: '192.0.2.7',
    bot: BOT,
    bucket: null,
    target: null,
    reason: 'maintenance',
    details: { durationMs: 60_000 },
    ...rest,
  };
}

export const ANA: Omit<Session, 'expiresAt'> = {
  name: 'ana',
  role: 'operator',
  tokenHash: 'c0ffee'.padEnd(64, '0'),
};

export const LIMITS = { maxConcurrency: 16, by: 'ana', reason: 'Discord is wrong' };

/** A text in the form of a hash of a secret. */
export function hash(of: number): string {
  return of.toString(16).padStart(64, '0');
}

/** Texts that stores get wrong. */
const STRANGE = [
  '',
  '|',
  '|by=ana|',
  '"\'`;--',
  'two\r\nlines\t',
  'a\0b',
  '\u2028',
  'é中👩‍🚀',
  '\uD83D',
  '\uDE00x',
  '__proto__',
  '%s%d{}',
  '0',
  'null',
];

/** Any text at all, halves of surrogate pairs included. */
export const anyText: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(...STRANGE),
  fc.string({ unit: 'binary' }),
  fc
    .array(fc.integer({ min: 0, max: 0xff_ff }), { maxLength: 8 })
    .map((units) => String.fromCharCode(...units)),
);
