import { FakeClock } from '@gateway-queue/identify-limiter/testing';
import { expect, test } from 'vitest';
import { AccessTrail } from './access-trail.ts';
import { RecordsInMemory } from './testing/records-in-memory.ts';
import { StoreAnswers } from '../store/store-answers.ts';

test('P10 the audit log takes a hundred failures a minute, from any number of addresses', async () => {
  const clock = new FakeClock();
  const records = new RecordsInMemory(clock);
  const trail = new AccessTrail(records.audit, new StoreAnswers(clock), clock);
  for (let address = 0; address < 250; address++) {
    await trail.failed('login', `10.0.${address}.1`);
  }
  expect(records.entries).toHaveLength(100);
  expect(records.entries.filter(({ details }) => details['moreInLog'] === true)).toEqual([
    records.entries.at(-1),
  ]);
  await clock.advance(60_000);
  await trail.failed('login', '10.0.0.1');
  expect(records.entries.at(-1)).toMatchObject({
    from: '10.0.0.1',
    details: { credentials: 'login' },
  });
  expect(records.entries).toHaveLength(101);
});
