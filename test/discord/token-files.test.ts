import { rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { afterEach, beforeEach, expect, test } from 'vitest';

import { AdminClient } from '../support/admin/admin-client.ts';
import { ADMIN_TOKENS } from '../support/admin/operators.ts';
import type { FakeDiscord } from '../support/discord/index.ts';
import { EVERY_SECOND, TestEnvironment, tokenOf } from '../support/environment/environment.ts';

const OLD = tokenOf('default');
const NEW = `${OLD}-reset`;
const REFRESHES = '/bots/default/refreshes';
const REJECTED = 'Discord rejected the token of bot default.';
const READ = 'Bot default has another token from its file';

let environment: TestEnvironment;
let discord: FakeDiscord;
let file: string;
beforeEach(async () => {
  environment = await TestEnvironment.make();
  discord = await environment.discord();
  file = join(environment.dataDir, 'token');
  await writeFile(file, `${OLD}\n`);
});
afterEach(() => environment.end());

/** As a mounted secret is replaced: at once. */
async function replace(text: string): Promise<void> {
  await writeFile(`${file}.new`, text);
  await rename(`${file}.new`, file);
}

/** Starts the service with the token in the file. */
function start(settings: Readonly<Record<string, string>> = {}) {
  const token = { DISCORD_TOKEN_FILE: file, DISCORD_API_URL: discord.url };
  return environment.service({ ADMIN_TOKENS, ...token, ...settings });
}

test('a token that was reset is read again from its file by the retry, without a restart', async () => {
  const service = await start({ GATEWAY_INFO_CRON: EVERY_SECOND });
  discord.resetToken(NEW);
  await service.untilLogged(REJECTED);
  await replace(NEW);
  await service.untilLogged(READ);
  await service.untilLogged('The limits of bot default are up to date again');
  expect(discord.log.of('rest').at(-1)).toMatchObject({ bot: 'default', status: 200 });
});

test('a token that was replaced before Discord rejects the old one makes no refresh fail', async () => {
  const service = await start({ GATEWAY_INFO_CRON: EVERY_SECOND });
  discord.resetToken(NEW);
  await replace(NEW);
  await service.untilLogged(READ);
  const asked = discord.log.of('rest').length;
  await discord.log.until((log) => log.of('rest').length >= asked + 2);
  expect(discord.log.of('rest').at(-1)).toMatchObject({ status: 200 });
});

test('an operator’s refresh reads the file again, and keeps the old token while it is gone', async () => {
  const service = await start();
  const api = AdminClient.as('ada', service);
  await rm(file);
  expect((await api.post(REFRESHES)).status).toBe(202);
  const warnings = await service.untilLogged('Bot default keeps its old token');
  expect(warnings).toMatchObject([{ level: 'warn' }]);
  await discord.log.until((log) => log.of('rest').length >= 2);
  expect(discord.log.of('rest').at(-1)).toMatchObject({ status: 200 });

  await replace(NEW);
  discord.resetToken(NEW);
  expect((await api.post(REFRESHES)).status).toBe(202);
  await service.untilLogged(READ);
  await discord.log.until((log) => log.of('rest').length >= 3);
  expect(discord.log.of('rest').at(-1)).toMatchObject({ status: 200 });
  expect(service.logged(REJECTED)).toEqual([]);
});

test('the token of a bot in BOTS_FILE is read again, from the file that it names and from BOTS_FILE itself', async () => {
  const bots = join(environment.dataDir, 'bots.json');
  const service = await environment.serviceOfBots(
    discord,
    [{ id: 'default', tokenFile: 'token' }],
    {
      GATEWAY_INFO_CRON: EVERY_SECOND,
    },
  );
  discord.resetToken(NEW);
  await replace(NEW);
  await service.untilLogged(READ);
  const newest = `${NEW}-again`;
  await writeFile(bots, JSON.stringify([{ id: 'default', token: newest }]));
  discord.resetToken(newest);
  await service.untilLogged(READ, 2);
  await discord.log.until((log) => log.of('rest').at(-1)?.status === 200);
  expect(discord.log.of('rest').at(-1)).toMatchObject({ bot: 'default', status: 200 });
});
