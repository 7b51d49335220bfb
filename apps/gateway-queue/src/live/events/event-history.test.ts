import { beforeEach, expect, test } from 'vitest';
import type { SnapshotBody } from '../bodies/snapshot.body.ts';
import { EventHistory } from './event-history.ts';

let history: EventHistory;
let version: number;

beforeEach(() => {
  history = new EventHistory();
  version = 0;
});

function snapshotOf(number: number): SnapshotBody {
  return {
    version: number,
    at: number * 1000,
    bots: {},
    replicas: {},
    limiter: { available: true },
  };
}

/** A tick that changes something. */
function change(): Buffer | undefined {
  version += 1;
  const snapshot = snapshotOf(version);
  return history.add({ snapshot, patch: version === 1 ? undefined : { version } });
}

function textSince(id?: string): string {
  return Buffer.concat(history.since(id) ?? []).toString();
}

function idIn(text: string): string {
  return /^id: (.+)$/m.exec(text)?.[1] ?? '';
}

test('before the first tick there are no events', () => {
  expect(history.since(undefined)).toBeUndefined();
});

test('a new reader gets the whole state, serialized once for all readers', () => {
  change();
  const [frame] = history.since(undefined) ?? [];
  expect(String(frame)).toMatch(/^event: snapshot\nid: [\da-f]{32}-1\ndata: {"version":1,.+}\n\n$/);
  expect(history.since('nonsense')?.[0]).toBe(frame);
});

test('a reader that reconnects gets the changes that it missed, in order', () => {
  change();
  const id = idIn(textSince());
  expect(history.since(id)).toEqual([]);
  const missed = [change(), change()];
  expect(history.since(id)).toEqual(missed);
  expect(String(missed[1])).toBe(
    `event: change\nid: ${id.replace(/1$/, '3')}\ndata: {"version":3}\n\n`,
  );
  expect(history.since(idIn(String(missed[0])))).toEqual([missed[1]]);
});

test('a tick without a change is no event', () => {
  change();
  const snapshot = snapshotOf(2);
  history.add({ snapshot, patch: { version: 2 } });
  expect(history.add({ snapshot, patch: undefined })).toBeUndefined();
});

test('thirty changes are kept; a reader that missed more gets the whole state', () => {
  change();
  const id = idIn(textSince());
  for (let count = 0; count < 30; count += 1) change();
  expect(history.since(id)).toHaveLength(30);
  change();
  expect(textSince(id)).toMatch(/^event: snapshot\n/);
});

test('a reader with an id of another process, of the future, or of any other form gets the whole state', () => {
  change();
  const [epoch] = idIn(textSince()).split('-');
  change();
  for (const id of [`${epoch}-3`, `${epoch}-`, `${epoch}-1e0`, `x${epoch}-1`, '-1', '']) {
    expect(textSince(id)).toMatch(/^event: snapshot\n/);
  }
  expect(textSince(`${epoch}-1`)).toMatch(/^event: change\n/);
});
