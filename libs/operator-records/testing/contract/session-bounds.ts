import {
  type Session,
  type Sessions,
  SESSIONS_KEPT,
  SESSIONS_KEPT_OF_TOKEN,
} from '@gateway-queue/operator-records';
import { describe, expect, test } from 'vitest';
import { type Suite, withHarness } from './harness.ts';
import { ANA, hash } from './samples.ts';

const HOUR_MS = 3_600_000;

export function sessionBounds(suite: Suite): void {
  describe('bounds of sessions', () => {
    test('P10 past the bound the session that began first ends, however long it would last', () =>
      withHarness(suite, async ({ records: { sessions } }) => {
        await sessions.begin(hash(0), ofToken(0), HOUR_MS * 2);
        await sessions.begin(hash(1), ofToken(1), HOUR_MS);
        // As if it had begun last.
        await sessions.begin(hash(0), ofToken(0), HOUR_MS * 2);
        await beginEachOfItsOwn(sessions, 2, SESSIONS_KEPT - 1);
        expect(await sessions.find(hash(1))).toBeDefined();
        await beginEachOfItsOwn(sessions, SESSIONS_KEPT, SESSIONS_KEPT);
        expect(await sessions.find(hash(1))).toBeUndefined();
        expect(await sessions.find(hash(0))).toBeDefined();
        await beginEachOfItsOwn(sessions, SESSIONS_KEPT + 1, SESSIONS_KEPT + 1);
        expect(await sessions.find(hash(0))).toBeUndefined();
        expect(await sessions.find(hash(2))).toBeDefined();
      }));

    test('P10 expired sessions count no more', () =>
      withHarness(suite, async ({ records: { sessions }, advance }) => {
        const lasting = await sessions.begin(hash(0), ofToken(0), HOUR_MS * 2);
        await beginEachOfItsOwn(sessions, 1, SESSIONS_KEPT - 1);
        await advance(HOUR_MS);
        await beginEachOfItsOwn(sessions, SESSIONS_KEPT, SESSIONS_KEPT);
        expect(await sessions.find(hash(0))).toEqual(lasting);
      }));

    test("P10 however often one token's holder logs in, only sessions of that token end, the first begun first", () =>
      withHarness(suite, async ({ records: { sessions } }) => {
        const other = await sessions.begin(hash(0), ofToken(0), HOUR_MS);
        await sessions.begin(hash(1), ofToken(1), HOUR_MS);
        await sessions.begin(hash(2), ofToken(1), HOUR_MS);
        // As if it had begun last.
        await sessions.begin(hash(1), ofToken(1), HOUR_MS);
        const last = SESSIONS_KEPT_OF_TOKEN;
        for (let n = 3; n <= last; n++) await sessions.begin(hash(n), ofToken(1), HOUR_MS);
        expect(await sessions.find(hash(2))).toBeDefined();
        await sessions.begin(hash(last + 1), ofToken(1), HOUR_MS);
        expect(await sessions.find(hash(2))).toBeUndefined();
        expect(await sessions.find(hash(1))).toBeDefined();

        const many = SESSIONS_KEPT + 1;
        for (let n = last + 2; n <= many; n++) await sessions.begin(hash(n), ofToken(1), HOUR_MS);
        expect(await sessions.find(hash(0))).toEqual(other);
        expect(await sessions.find(hash(many - SESSIONS_KEPT_OF_TOKEN))).toBeUndefined();
        expect(await sessions.find(hash(many - SESSIONS_KEPT_OF_TOKEN + 1))).toBeDefined();
      }));

    test('P10 sessions of a token that were ended, have expired or have another token now count no more for it', () =>
      withHarness(suite, async ({ records: { sessions }, advance }) => {
        const kept = await sessions.begin(hash(0), ofToken(1), HOUR_MS * 2);
        for (let n = 1; n < SESSIONS_KEPT_OF_TOKEN; n++) {
          await sessions.begin(hash(n), ofToken(1), HOUR_MS);
        }
        await sessions.end(hash(1));
        await sessions.begin(hash(2), ofToken(2), HOUR_MS);
        await sessions.begin(hash(101), ofToken(1), HOUR_MS);
        await sessions.begin(hash(102), ofToken(1), HOUR_MS);
        expect(await sessions.find(hash(0))).toEqual(kept);
        await advance(HOUR_MS);
        for (let n = 1; n < SESSIONS_KEPT_OF_TOKEN; n++) {
          await sessions.begin(hash(n), ofToken(1), HOUR_MS);
        }
        expect(await sessions.find(hash(0))).toEqual(kept);
      }));
  });
}

/** A session that was made with this token. */
function ofToken(token: number): Omit<Session, 'expiresAt'> {
  return { ...ANA, tokenHash: hash(token) };
}

/** Begins sessions, each with a token of its own. */
async function beginEachOfItsOwn(sessions: Sessions, from: number, to: number): Promise<void> {
  for (let n = from; n <= to; n++) await sessions.begin(hash(n), ofToken(n), HOUR_MS);
}
