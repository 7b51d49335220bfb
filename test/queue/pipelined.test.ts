import { afterEach, beforeEach, expect, test } from 'vitest';

import { hold, seenBy } from '../support/http/ask.ts';
import { Connection } from '../support/http/connection.ts';
import { startGatedService, type GatedService } from '../support/queue/gated-service.ts';
import { grantedShards, untilGranted } from '../support/queue/permit-log.ts';
import { permit } from '../support/queue/expected.ts';

let gated: GatedService;
beforeEach(async () => {
  gated = await startGatedService({}, 2);
});
afterEach(() => gated.stop());

test('P9 a pipelined request that cannot be answered yet takes no permit from others', async () => {
  const pipelining = await Connection.open(gated.service.url);
  pipelining.send({ target: '/?shard=0' });
  pipelining.send({ target: '/?shard=1' });
  await seenBy(gated.service);
  const other = await hold(gated.service, '/?shard=3');
  // One for each bucket: shard 1 came before shard 3, but its answer would have to wait for shard 0's.
  gated.open(2);
  expect(await pipelining.answer()).toMatchObject(permit());
  expect(await other.answer()).toMatchObject(permit());
  await untilGranted(gated.service, 0);
  await untilGranted(gated.service, 3);
  expect(new Set(grantedShards(gated.service))).toEqual(new Set([0, 3]));
  pipelining.reset();
  other.reset();
});

test('P5 the service notices a hang-up, whatever body follows the held request', async () => {
  const ghost = await Connection.open(gated.service.url);
  ghost.send({ target: '/?shard=0' });
  const body = 'x'.repeat(3_000_000);
  const headers = [`Content-Length: ${body.length}`];
  ghost.send({ method: 'POST', target: '/nowhere', headers, body });
  await seenBy(gated.service);
  const other = await hold(gated.service, '/?shard=2');
  ghost.reset();
  await ghost.closed;
  gated.open(1);
  expect(await other.answer()).toMatchObject(permit());
  other.reset();
});
