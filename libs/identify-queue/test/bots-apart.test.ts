import { expect, test } from 'vitest';
import { openWorld } from './world.ts';

const OTHER_BOT = 'other';

test('P9 a limiter that fails for one bot does not hold up the shards of another bot', async () => {
  const world = await openWorld();
  world.limiter().failingBot = OTHER_BOT;
  const stuck = world.ask(0, { bot: OTHER_BOT });
  await world.advance(60_000);
  world.ask(1);
  await world.settle();
  expect(world.served.map(({ shard }) => shard)).toEqual([1]);
  expect(stuck.held).toBe(true);
});

test('the reason limiter-unavailable is given only for the bot for which the limiter fails', async () => {
  const world = await openWorld();
  await world.pause();
  world.limiter().failingBot = OTHER_BOT;
  world.ask(0, { bot: OTHER_BOT });
  await world.advance(1000);
  const [paused, unheard] = [
    world.ask(1, { maxWaitMs: 5000 }),
    world.ask(1, { bot: OTHER_BOT, maxWaitMs: 5000 }),
  ];
  await world.advance(5000);
  expect(paused.error).toMatchObject({ estimate: { reason: 'paused' } });
  expect(unheard.error).toMatchObject({ estimate: { reason: 'limiter-unavailable' } });
});
