import { afterEach, expect, test } from 'vitest';

import { ask } from '../support/http/ask.ts';
import { permit, refusalOf } from '../support/queue/expected.ts';
import { granted, untilGranted } from '../support/queue/permit-log.ts';
import { linesWith, logged } from '../support/service/log.ts';
import { startService, type Service } from '../support/service/service.ts';

const PROBE = ['Host: queue', 'User-Agent: kube-probe/1.31'];

let service: Service | undefined;
afterEach(() => service?.kill());

function start(settings: Readonly<Record<string, string>> = {}): Promise<Service> {
  return startService({ IDENTIFY_INTERVAL_MS: '20', IDENTIFY_MARGIN_MS: '0', ...settings });
}

test('P12 a probe on / that takes one permit after the other is named once in the log, with one bucket too', async () => {
  service = await start();
  for (let probe = 0; probe < 6; probe += 1) {
    expect(await ask(service, { headers: PROBE })).toMatchObject(permit());
  }
  await ask(service, { target: '/?shard=9' });
  await untilGranted(service, 9);
  expect(await logged(service, 'keeps taking permits')).toMatchObject([
    { level: 'warn', bot: 'default', address: '127.0.0.1', agent: 'kube-probe/1.31', permits: 3 },
  ]);
});

test('P3 with REQUIRE_SHARD a request that names no shard is refused with the reason, and costs no session start', async () => {
  service = await start({ REQUIRE_SHARD: 'true' });
  for (const method of ['GET', 'POST', 'OPTIONS', 'GET']) {
    const answer = await ask(service, { method, headers: PROBE });
    expect(answer).toMatchObject(refusalOf('shard'));
    expect(answer.body).toContain('is required');
  }
  expect(await ask(service, { target: '/?bot=nobody', headers: PROBE })).toMatchObject(
    refusalOf('bot'),
  );
  expect(await ask(service, { target: '/?shard=9', headers: PROBE })).toMatchObject(permit());
  await untilGranted(service, 9);
  expect(granted(service)).toHaveLength(1);
  expect(linesWith(service, 'REQUIRE_SHARD')).toMatchObject([
    { level: 'warn', bot: 'default', address: '127.0.0.1', agent: 'kube-probe/1.31' },
  ]);
});

test('P12 an unknown name on / is ignored, and named once in the log with what it probably meant', async () => {
  service = await start();
  for (const target of ['/?shard=1&cache=no', '/?shard=2&cache=no', '/?shardId=3', '/?shardId=4']) {
    expect(await ask(service, { target, headers: PROBE })).toMatchObject(permit());
  }
  await ask(service, { target: '/?shard=9' });
  await untilGranted(service, 9);
  expect(linesWith(service, 'not known here')).toMatchObject([
    { level: 'warn', parameter: 'cache', agent: 'kube-probe/1.31' },
    { level: 'warn', parameter: 'shardId', meant: 'shard' },
  ]);
});
