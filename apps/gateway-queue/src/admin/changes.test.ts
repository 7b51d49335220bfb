import type { AuditEntry, AuditLog, AuditRecord } from '@gateway-queue/operator-records';
import { FakeClock } from '@gateway-queue/identify-limiter/testing';
import { beforeEach, expect, test, vi } from 'vitest';
import type { LiveState } from '../live/live-state.ts';
import { Changes } from './changes.ts';
import type { Lists } from './lists/lists.ts';
import { StoreAnswers } from '../store/store-answers.ts';

const KIM = { name: 'kim', role: 'operator', from: '10.0.3.7' } as const;

let happened: string[];
let written: AuditRecord[];
let changes: Changes;
let fails: boolean;

beforeEach(() => {
  happened = [];
  written = [];
  fails = false;
  const audit: AuditLog = {
    async append(record): Promise<AuditEntry> {
      if (fails) throw new Error('the disk is full');
      happened.push('written down');
      written.push(record);
      return { ...record, id: 1, at: 0 };
    },
    page: async () => [],
  };
  const live: Pick<LiveState, 'refresh'> = {
    refresh: async () => void happened.push('refreshed the live state'),
  };
  const lists: Pick<Lists, 'forget'> = { forget: () => void happened.push('forgot lists') };
  changes = new Changes(audit, new StoreAnswers(new FakeClock()), live, lists);
});

test('a change is written down before it is made, and reads show it afterwards', async () => {
  const made = changes.carryOut(KIM, 'pause', { bot: 'music', bucket: 3 }, async () => {
    happened.push('made');
    return 'paused';
  });
  expect(await made).toBe('paused');
  expect(happened).toEqual(['written down', 'made', 'forgot lists', 'refreshed the live state']);
  expect(written).toEqual([
    {
      action: 'pause',
      by: 'kim',
      from: '10.0.3.7',
      bot: 'music',
      bucket: 3,
      target: null,
      reason: null,
      details: {},
    },
  ]);
});

test('what cannot be written down is not made', async () => {
  fails = true;
  const make = vi.fn<() => Promise<void>>();
  await expect(changes.carryOut(KIM, 'refresh', {}, make)).rejects.toMatchObject({
    body: { code: 'records-unavailable', status: 503 },
  });
  expect(make).not.toHaveBeenCalled();
});

test('what fails stands in the log, for it may have been made', async () => {
  const failing = changes.carryOut(KIM, 'resume', {}, () => Promise.reject(new Error('away')));
  await expect(failing).rejects.toThrow('away');
  expect(happened).toEqual(['written down', 'forgot lists', 'refreshed the live state']);
});
