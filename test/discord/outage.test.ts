import { afterEach, beforeEach, expect, test } from 'vitest';

import { allAnswered, statesOf } from '../support/http/held-request.ts';
import { TestEnvironment, tokenOf } from '../support/environment/environment.ts';

const REFUSED = 'Discord could not be asked for bot default (ECONNREFUSED).';

let environment: TestEnvironment;
beforeEach(async () => {
  environment = await TestEnvironment.make();
});
afterEach(() => environment.end());

test('without Discord at its first start the service holds requests until Discord answers', async () => {
  const discord = await environment.discord({
    bots: [{ token: tokenOf('default'), maxConcurrency: 2 }],
  });
  const relay = await environment.relayTo(discord);
  const url = `http://127.0.0.1:${relay.port}/api`;
  const service = await environment.serviceOf({ url }, {}, { probe: 'live' });
  const asked = await service.askInOrder([4, 2, 0]);
  await service.untilLogged(REFUSED);

  expect((await service.live()).code).toBe(200);
  expect(await service.ready()).toMatchObject({
    code: 503,
    details: { limits: { status: 'down', bots: [{ lastError: REFUSED, maxConcurrency: null }] } },
  });
  expect(statesOf(asked)).toEqual(['held', 'held', 'held']);

  await relay.open();
  await allAnswered(asked);
  expect(service.answered).toEqual([4, 2, 0]);
  expect(await service.ready()).toMatchObject({ code: 200, status: 'ok' });
});

test('P3 without Discord at a restart the earlier limits stay in force', async () => {
  const discord = await environment.discord({
    bots: [{ token: tokenOf('default'), maxConcurrency: 4, remaining: 6 }],
  });
  const relay = await environment.relayTo(discord);
  await relay.open();
  const url = `http://127.0.0.1:${relay.port}/api`;
  const first = await environment.serviceOf({ url });
  await allAnswered([first.ask(0), first.ask(1)]);
  expect(await first.stop()).toBe(0);
  await relay.close();

  const second = await environment.serviceOf({ url });
  await second.untilLogged(REFUSED);
  expect(await second.ready()).toMatchObject({
    code: 200,
    status: 'degraded',
    details: {
      limits: { bots: [{ lastError: REFUSED, stale: true, maxConcurrency: 4, source: 'discord' }] },
    },
  });
  // Four buckets as before, and four session starts are left of six.
  const asked = await second.askInOrder([0, 1, 2, 3]);
  await allAnswered(asked);
  const buckets = (await second.untilPermits(4)).map(({ bucket }) => bucket);
  expect(new Set(buckets)).toEqual(new Set([0, 1, 2, 3]));
  const late = await second.askInOrder([4, 5]);
  expect(await second.stop()).toBe(0);
  expect(statesOf(late)).toEqual(['closed', 'closed']);

  // They kept their places, and have them served with the starts that Discord then says are left.
  discord.setLimits({ remaining: 10 });
  await relay.open();
  const third = await environment.serviceOf({ url });
  await allAnswered(await third.askInOrder([5, 4]));
});
