import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { afterEach, beforeEach, expect, test } from 'vitest';

import { allAnswered, statesOf } from '../support/http/held-request.ts';
import { EVERY_SECOND, TestEnvironment, tokenOf } from '../support/environment/environment.ts';
import { storedPermits } from '../support/state/stored-state.ts';

let environment: TestEnvironment;
beforeEach(async () => {
  environment = await TestEnvironment.make();
});
afterEach(() => environment.end());

test('each bot of BOTS_FILE has limits, a budget and lines of its own', async () => {
  const discord = await environment.discord({
    bots: [
      { name: 'spent', token: tokenOf('spent'), maxConcurrency: 2, remaining: 0 },
      { name: 'from-file', token: tokenOf('from-file'), maxConcurrency: 2 },
      { name: 'overridden', token: tokenOf('overridden'), maxConcurrency: 6, remaining: 3 },
    ],
  });
  await writeFile(join(environment.dataDir, 'token.txt'), `Bot ${tokenOf('from-file')}\n`);
  const service = await environment.serviceOfBots(
    discord,
    [
      { id: 'spent', token: tokenOf('spent') },
      // From the directory of the file itself.
      { id: 'from-file', tokenFile: 'token.txt' },
      { id: 'overridden', token: tokenOf('overridden'), maxConcurrency: 3 },
      { id: 'no-token' },
      { id: 'wrong', token: tokenOf('wrong') },
    ],
    { GATEWAY_INFO_CRON: EVERY_SECOND },
  );
  const wrong = 'Discord rejected the token of bot wrong.';
  await service.untilLogged(wrong);
  for (const known of [
    'Bot spent has max_concurrency 2 (discord) and 0 of 1000 session starts left',
    'Bot from-file has max_concurrency 2 (discord) and 1000 of 1000 session starts left',
    'Bot overridden has max_concurrency 3 (override) and 3 of 1000 session starts left',
    'Bot no-token has max_concurrency 1 (default) and 1000 of 1000 session starts left',
  ]) {
    await service.untilLogged(known);
  }
  expect(await service.ready()).toMatchObject({
    code: 200,
    status: 'degraded',
    details: {
      limits: {
        bots: [
          { bot: 'spent', maxConcurrency: 2, lastError: null },
          { bot: 'from-file', maxConcurrency: 2, lastError: null },
          { bot: 'overridden', maxConcurrency: 3, source: 'override', lastError: null },
          { bot: 'no-token', maxConcurrency: 1, source: 'default', lastError: null },
          { bot: 'wrong', maxConcurrency: null, stale: true, lastError: wrong },
        ],
      },
    },
  });

  const shards = [0, 1, 2, 3];
  const spent = await service.askInOrder(shards, 'spent');
  const rejected = await service.askInOrder(shards, 'wrong');
  const overridden = await service.askInOrder(shards, 'overridden');
  const served = [
    ...overridden.slice(0, 3),
    ...(await service.askInOrder(shards, 'from-file')),
    ...(await service.askInOrder(shards, 'no-token')),
  ];
  await allAnswered(served);
  expect(statesOf(spent)).toEqual(shards.map(() => 'held'));
  expect(statesOf(rejected)).toEqual(shards.map(() => 'held'));
  expect(overridden[3]?.state).toBe('held');

  discord.setLimits({ remaining: 1000 }, 'spent');
  await allAnswered(spent);
  expect(statesOf(rejected)).toEqual(shards.map(() => 'held'));

  expect(await service.stop()).toBe(0);
  expect(statesOf(rejected)).toEqual(shards.map(() => 'closed'));
  const permits = await storedPermits(environment.dataDir);
  const buckets = (bot: string) =>
    permits.filter((permit) => permit.bot === bot).map(({ shard, bucket }) => [shard, bucket]);
  const two = [
    [0, 0],
    [1, 1],
    [2, 0],
    [3, 1],
  ];
  expect(buckets('spent')).toEqual(expect.arrayContaining(two));
  expect(buckets('from-file')).toEqual(expect.arrayContaining(two));
  expect(buckets('overridden')).toEqual([
    [0, 0],
    [1, 1],
    [2, 2],
  ]);
  expect(buckets('no-token')).toEqual(shards.map((shard) => [shard, 0]));
  expect(buckets('wrong')).toEqual([]);
});

test('without DISCORD_TOKEN only the bots of BOTS_FILE exist', async () => {
  const discord = await environment.discord();
  const service = await environment.serviceOfBots(discord, [{ id: 'only' }]);
  for (const [asked, what] of [
    [service.ask(0), 'bot'],
    [service.ask(0, 'default'), 'bot'],
    [service.ask(0, 'other'), 'bot'],
    [service.ask(0, ''), 'bot'],
    [service.ask(), 'bot'],
  ] as const) {
    const answer = await asked.answer;
    expect(answer?.status).toBe(400);
    expect(answer?.body).toContain(what);
  }
  expect((await service.ask(0, 'only').answer)?.status).toBe(200);
  expect(await service.stop()).toBe(0);
  expect(await storedPermits(environment.dataDir)).toMatchObject([{ bot: 'only', shard: 0 }]);
});

test('DISCORD_TOKEN adds the bot default to those of BOTS_FILE; MAX_CONCURRENCY is for bots that have none of their own', async () => {
  const discord = await environment.discord({
    bots: [
      { token: tokenOf('default'), maxConcurrency: 4 },
      { name: 'other', token: tokenOf('other'), maxConcurrency: 4 },
    ],
  });
  const service = await environment.serviceOfBots(
    discord,
    [
      { id: 'other', token: tokenOf('other') },
      { id: 'own', maxConcurrency: 3 },
    ],
    { DISCORD_TOKEN: tokenOf('default'), MAX_CONCURRENCY: '2' },
  );
  for (const bot of ['default', 'other']) {
    await service.untilLogged(`Bot ${bot} has max_concurrency 2 (override)`);
  }
  await service.untilLogged('Bot own has max_concurrency 3 (override)');
  await allAnswered([service.ask(1), service.ask(1, 'other'), service.ask(2, 'own')]);
  const permits = await service.untilPermits(3);
  expect(permits).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ bot: 'default', bucket: 1 }),
      expect.objectContaining({ bot: 'other', bucket: 1 }),
      expect.objectContaining({ bot: 'own', bucket: 2 }),
    ]),
  );
});
