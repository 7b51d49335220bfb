import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import { AdminClient } from '../support/admin/admin-client.ts';
import { ADMIN_TOKENS } from '../support/admin/operators.ts';
import { EVERY_SECOND, TestEnvironment, tokenOf } from '../support/environment/environment.ts';
import type { QueueService } from '../support/environment/queue-service.ts';
import { allAnswered, statesOf } from '../support/http/held-request.ts';

const DAY_MS = 86_400_000;
const RESERVE = 3;

/** Until what the state says is what is, ms. */
const SEEN = { interval: 50, timeout: 20_000 };

let environment: TestEnvironment;
beforeEach(async () => {
  environment = await TestEnvironment.make();
});
afterEach(() => environment.end());

/** A service of one bot, of which Discord says that so many of 60 session starts are left. */
async function serviceWith(remaining: number, settings: Readonly<Record<string, string>> = {}) {
  const discord = await environment.discord({
    bots: [{ token: tokenOf('default'), total: 60, remaining, resetAfterMs: DAY_MS }],
  });
  const service = await environment.serviceOf(discord, { ADMIN_TOKENS, ...settings });
  return { discord, service, admin: AdminClient.as('ada', service.process) };
}

/** The warnings of what holds requests back. Other warnings have no reason. */
function warningsOf({ process }: QueueService) {
  return process.logs.filter(({ level, reason }) => level === 'warn' && reason !== undefined);
}

/** Resolves once the log warns, and probe and API name what holds so many requests back. */
async function untilHeld(service: QueueService, reason: string, waiting: number): Promise<void> {
  const admin = AdminClient.as('ada', service.process);
  await service.untilLogged(`This holds back ${waiting} request`);
  await vi.waitFor(async () => {
    expect(await admin.read('/state')).toMatchObject({
      bots: { default: { holds: { [reason]: { reason, waiting } } } },
    });
  }, SEEN);
  expect(await service.ready()).toMatchObject({
    status: 'degraded',
    details: { holds: { status: 'degraded', holds: [{ bot: 'default', reason, waiting }] } },
  });
  expect(warningsOf(service)).toMatchObject([{ bot: 'default', reason, waiting }]);
}

/** Resolves once the log says that it is over, and probe and API name nothing any more. */
async function untilOver(service: QueueService, text: string): Promise<void> {
  await service.untilLogged(text);
  expect(service.logged(text)).toMatchObject([{ level: 'info' }]);
  expect(warningsOf(service)).toHaveLength(1);
  await vi.waitFor(async () => {
    expect(await service.ready()).toMatchObject({ code: 200, status: 'ok' });
  }, SEEN);
}

test('P12 a budget at its reserve is in log, probe and API while it holds, and once more when it is over', async () => {
  const { discord, service } = await serviceWith(RESERVE, {
    SESSION_RESERVE: String(RESERVE),
    GATEWAY_INFO_CRON: EVERY_SECOND,
  });
  expect(await service.ready()).toMatchObject({ code: 200, status: 'ok' });
  const asked = await service.askInOrder([0, 1]);
  await untilHeld(service, 'budget', 2);
  expect((await service.ready()).code).toBe(200);
  expect(
    service.logged('Bot default has 3 of 60 session starts left, and its reserve is 3'),
  ).toHaveLength(1);
  expect(statesOf(asked)).toEqual(['held', 'held']);
  discord.setLimits({ remaining: 40 });
  await allAnswered(asked);
  await untilOver(service, 'Bot default has session starts above its reserve again');
});

test('P12 a pause is in log, probe and API while it holds, and once more when it is over', async () => {
  const { admin, service } = await serviceWith(60);
  await admin.put('/bots/default/pause', { reason: 'Moving house' });
  const asked = await service.askInOrder([0, 1]);
  await untilHeld(service, 'paused', 2);
  const probed = await service.ready();
  expect(probed.code).toBe(200);
  expect(JSON.stringify(probed)).not.toContain('Moving house');
  expect(
    service.logged('Bot default is paused by ada, until an operator resumes it: "Moving house".'),
  ).toHaveLength(1);
  await admin.delete('/bots/default/pause');
  await allAnswered(asked);
  await untilOver(service, 'Bot default is not paused any more');
});

test('P12 throttling is in log, probe and API while it holds, and once more when it is over', async () => {
  const { service } = await serviceWith(29, {
    CRASH_LOOP_BELOW: '0.5',
    CRASH_LOOP_BURST: '1',
    CRASH_LOOP_WINDOW_MS: '8000',
  });
  await allAnswered([service.ask(7)]);
  const throttled = service.ask(7);
  await untilHeld(service, 'crash-loop', 1);
  await allAnswered([service.ask(8)]);
  expect(throttled.state).toBe('held');
  await allAnswered([throttled]);
  await untilOver(service, 'No shard of bot default is throttled any more');
});

test('P12 unknown limits are in log, probe and API while they hold, and once more when it is over', async () => {
  const discord = await environment.discord({ bots: [{ token: tokenOf('default') }] });
  const relay = await environment.relayTo(discord);
  const url = `http://127.0.0.1:${relay.port}/api`;
  const service = await environment.serviceOf({ url }, { ADMIN_TOKENS }, { probe: 'live' });
  const asked = await service.askInOrder([0]);
  await service.untilLogged('The limits of bot default are not known, so it is given no permit.');
  expect(warningsOf(service)).toMatchObject([{ reason: 'limits-unknown', waiting: 1 }]);
  expect(await service.ready()).toMatchObject({
    code: 503,
    details: { holds: { holds: [{ bot: 'default', reason: 'limits-unknown', waiting: 1 }] } },
  });
  await relay.open();
  await allAnswered(asked);
  await untilOver(service, 'The limits of bot default are known now');
});
