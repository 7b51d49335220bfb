import { createServer } from 'node:http';
import { once } from 'node:events';

import { afterEach, beforeEach, expect, test } from 'vitest';

import { EVERY_SECOND, TestEnvironment, tokenOf } from '../support/environment/environment.ts';

let environment: TestEnvironment;
beforeEach(async () => {
  environment = await TestEnvironment.make();
});
afterEach(() => environment.end());

test('Discord is asked at the start, and by cron', async () => {
  const discord = await environment.discord();
  const first = await environment.serviceOf(discord);
  const question = { method: 'GET', path: '/api/v10/gateway/bot', bot: 'default', status: 200 };
  expect(discord.log.of('rest')).toMatchObject([question]);
  expect(await first.stop()).toBe(0);
  expect(discord.log.of('rest')).toHaveLength(1);

  await environment.serviceOf(discord, { GATEWAY_INFO_CRON: EVERY_SECOND });
  await discord.log.until((log) => log.of('rest').length >= 4);
  const times = discord.log.of('rest').map(({ at }) => at);
  const gaps = times.slice(3).map((time, index) => time - (times[index + 2] ?? 0));
  for (const gap of gaps) expect(gap).toBeGreaterThan(500);
});

test('Discord is asked one question at a time, and a service that stops gives it up', async () => {
  const discord = await environment.discord({
    bots: [
      { name: 'slow', token: tokenOf('slow') },
      { name: 'quick', token: tokenOf('quick') },
    ],
  });
  discord.setRest({ kind: 'hanging' }, { bot: 'slow' });
  const service = await environment.serviceOfBots(
    discord,
    [
      { id: 'slow', token: tokenOf('slow') },
      { id: 'quick', token: tokenOf('quick') },
    ],
    // Less than the time in which an answer is waited for: past it the exit code would be 1.
    { GATEWAY_INFO_CRON: EVERY_SECOND, SHUTDOWN_TIMEOUT_MS: '3000' },
  );
  const asksFor = (bot: string) => discord.log.of('rest').filter((entry) => entry.bot === bot);
  await discord.log.until(() => asksFor('quick').length >= 4);
  expect(asksFor('slow')).toHaveLength(1);

  expect(await service.stop()).toBe(0);
  expect(service.logged('did not answer')).toEqual([]);
  expect(service.logged('Shut down')).toHaveLength(1);
});

test('a service that stops gives up an answer that stalls after its headers', async () => {
  const stuck = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.write('{"url":');
  }).listen(0, '127.0.0.1');
  await once(stuck, 'listening');
  const address = stuck.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  const asked = once(stuck, 'request');
  try {
    const service = await environment.serviceOf(
      { url: `http://127.0.0.1:${port}/api` },
      { SHUTDOWN_TIMEOUT_MS: '3000' },
      { probe: 'live' },
    );
    await asked;
    const held = service.ask(0);
    await held.connected;
    expect(await service.stop()).toBe(0);
    await held.closed;
    expect(held.state).toBe('closed');
  } finally {
    stuck.closeAllConnections();
    stuck.close();
  }
});
