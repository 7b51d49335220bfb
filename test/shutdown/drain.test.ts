import { afterEach, beforeEach, expect, test } from 'vitest';

import { monotonicNow } from '../support/discord/index.ts';
import { makeDataDir, removeDataDirs } from '../support/state/data-dirs.ts';
import { askFor, get, HeldRequest, takenIn } from '../support/http/held-request.ts';
import { logged } from '../support/service/log.ts';
import { storedPermits } from '../support/state/stored-state.ts';
import { startService, type Service } from '../support/service/service.ts';

/** A start waits one interval, so the first permit comes in the middle of the delay, the second after it. */
const INTERVAL_MS = 6000;
const DELAY_MS = 8000;

const SHUTDOWN_HAS_BEGUN = 'Shutting down';

let service: Service;
let dataDir: string;
beforeEach(async () => {
  dataDir = await makeDataDir();
  service = await startService({
    DATA_DIR: dataDir,
    IDENTIFY_INTERVAL_MS: String(INTERVAL_MS),
    IDENTIFY_MARGIN_MS: '0',
    SHUTDOWN_DELAY_MS: String(DELAY_MS),
  });
});
afterEach(async () => {
  await service.kill();
  await removeDataDirs();
});

test('during the delay readiness fails, new requests are turned away, and a held request may still get its permit', async () => {
  const due = askFor(service.url, 0);
  await takenIn(service.url, [due]);
  const notDue = askFor(service.url, 1);
  // A connection that was there before is no way in either.
  const early = new HeldRequest(service.url, '');
  await takenIn(service.url, [notDue, early]);

  const signalledAt = monotonicNow();
  const ended = service.stop();
  await logged(service, SHUTDOWN_HAS_BEGUN);
  expect((await get(service.url, '/health/ready').answer)?.status).toBe(503);
  expect((await get(service.url, '/health/live').answer)?.status).toBe(200);
  const late = askFor(service.url, 2);
  await late.closed;
  early.send('GET /?shard=3 HTTP/1.1\r\nHost: queue\r\n\r\n');
  await early.closed;
  expect([late.bytesReceived, early.bytesReceived]).toEqual([0, 0]);
  expect([due.isHeld, notDue.isHeld]).toEqual([true, true]);

  const permit = await due.answer;
  expect(permit?.status).toBe(200);
  expect(permit?.at).toBeLessThan(signalledAt + DELAY_MS);
  await notDue.closed;
  expect(monotonicNow()).toBeGreaterThanOrEqual(signalledAt + DELAY_MS);
  expect(notDue.bytesReceived).toBe(0);
  expect(await ended).toBe(0);
  expect((await storedPermits(dataDir)).map(({ shard }) => shard)).toEqual([0]);
});

test('during the delay each reply to a new request carries Connection: close, and its connection ends', async () => {
  process.kill(service.pid, 'SIGTERM');
  await logged(service, SHUTDOWN_HAS_BEGUN);
  const paths = [
    '/health/live',
    '/health/ready',
    '/?shard=abc',
    '/?bot=nobody',
    '/nothing',
    '/docs',
  ];
  for (const path of paths) {
    const request = get(service.url, path);
    const answer = await request.answer;
    expect({ path, connection: answer?.headers['connection'] }).toEqual({
      path,
      connection: 'close',
    });
    await request.closed;
  }
});

test('during the delay the permit of a request held before carries Connection: close too', async () => {
  const due = askFor(service.url, 0);
  await takenIn(service.url, [due]);
  process.kill(service.pid, 'SIGTERM');
  await logged(service, SHUTDOWN_HAS_BEGUN);
  const permit = await due.answer;
  expect(permit?.status).toBe(200);
  expect(permit?.headers['connection']).toBe('close');
  await due.closed;
});
