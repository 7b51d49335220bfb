import { describe, expect, test, type TestContext } from 'vitest';

import { allAnswered, statesOf } from '../support/http/held-request.ts';
import { EVERY_SECOND, TestEnvironment } from '../support/environment/environment.ts';
import type { RestBehaviour } from '../support/discord/index.ts';

interface Fault {
  readonly name: string;
  readonly behaviour: RestBehaviour;
  /** How log and health call it. */
  readonly sentence: string;
  /** How long Discord must be left alone after it; 0 unless given. */
  readonly quietMs?: number;
}

const UNUSABLE = "Discord's answer to bot default cannot be used";

const FAULTS: readonly Fault[] = [
  {
    name: 'a token that it rejects',
    behaviour: { kind: 'unauthorized' },
    sentence: 'Discord rejected the token of bot default.',
  },
  {
    name: 'a rate limit',
    behaviour: { kind: 'rate-limited', retryAfterS: 1.9 },
    sentence: 'Discord limits how often bot default may ask it.',
    quietMs: 1900,
  },
  {
    name: 'a global rate limit',
    behaviour: { kind: 'rate-limited', retryAfterS: 1.9, global: true },
    sentence: 'Discord limits how often bot default may ask it.',
    quietMs: 1900,
  },
  {
    name: 'status 503',
    behaviour: { kind: 'server-error', status: 503 },
    sentence: 'Discord answered bot default with status 503.',
  },
  {
    name: 'an answer that is not JSON',
    behaviour: { kind: 'garbage', body: 'not-json' },
    sentence: "Discord's answer to bot default is not JSON.",
  },
  {
    name: 'an answer of another shape',
    behaviour: { kind: 'garbage', body: 'wrong-shape' },
    sentence: `${UNUSABLE}: session_start_limit has no total.`,
  },
  {
    name: 'max_concurrency 0',
    behaviour: { kind: 'garbage', body: 'zero-concurrency' },
    sentence: `${UNUSABLE}: session_start_limit.max_concurrency is not a whole number from 1 to 10000.`,
  },
  {
    name: 'connections that it resets',
    behaviour: { kind: 'reset' },
    sentence: 'Discord could not be asked for bot default (ECONNRESET).',
  },
];

const PERMIT = { status: 200, body: '{"message":"You\'re free to connect now! :)"}' };

/** An environment of the test's own: these tests run at the same time. */
async function environmentFor({
  onTestFinished,
}: Pick<TestContext, 'onTestFinished'>): Promise<TestEnvironment> {
  const environment = await TestEnvironment.make();
  onTestFinished(() => environment.end());
  return environment;
}

describe.concurrent('Discord answers with', () => {
  test.for(FAULTS)(
    '$name: requests are held until it is over, and later on permits go on',
    async ({ behaviour, sentence, quietMs = 0 }, context) => {
      const environment = await environmentFor(context);
      const discord = await environment.discord();
      discord.setRest(behaviour);
      const service = await environment.serviceOf(
        discord,
        { GATEWAY_INFO_CRON: EVERY_SECOND },
        { probe: 'live' },
      );
      const asked = await service.askInOrder([2, 0, 1]);
      await service.untilLogged(sentence);

      expect((await service.live()).code).toBe(200);
      const failed = { bot: 'default', lastError: sentence, stale: true };
      expect(await service.ready()).toMatchObject({
        code: 503,
        status: 'error',
        details: { limits: { status: 'down', bots: [{ ...failed, maxConcurrency: null }] } },
      });
      expect(statesOf(asked)).toEqual(['held', 'held', 'held']);

      discord.setRest({ kind: 'ok' });
      expect(await allAnswered(asked)).toMatchObject([PERMIT, PERMIT, PERMIT]);
      expect(service.answered).toEqual([2, 0, 1]);
      expect(await service.ready()).toMatchObject({ code: 200, status: 'ok' });
      await service.untilLogged('The limits of bot default are up to date again');
      const [asking, askingAgain] = discord.log.of('rest').map(({ at }) => at);
      expect((askingAgain ?? 0) - (asking ?? 0)).toBeGreaterThanOrEqual(quietMs);

      discord.setRest(behaviour);
      await service.untilLogged(sentence, 2);
      expect(await service.ready()).toMatchObject({
        code: 200,
        status: 'degraded',
        details: { limits: { status: 'degraded', bots: [{ ...failed, maxConcurrency: 1 }] } },
      });
      expect(await service.ask(3).answer).toMatchObject(PERMIT);
      expect((await service.live()).code).toBe(200);
    },
  );

  test('nothing: the request is given up and repeated, and a bot with known limits is not delayed', async (context) => {
    const environment = await environmentFor(context);
    const discord = await environment.discord();
    discord.setRest({ kind: 'hanging' });
    const service = await environment.serviceOf(
      discord,
      { GATEWAY_INFO_CRON: EVERY_SECOND },
      { probe: 'live' },
    );
    const asked = await service.askInOrder([2, 0, 1]);
    await discord.log.until((log) => log.of('rest').length === 1);
    // Nothing has failed yet, and nothing is known.
    expect(await service.ready()).toMatchObject({
      code: 503,
      details: { limits: { status: 'down', bots: [{ lastError: null, maxConcurrency: null }] } },
    });
    const sentence = 'Discord did not answer bot default in time.';
    await service.untilLogged(sentence);
    expect((await service.live()).code).toBe(200);
    expect(await service.ready()).toMatchObject({
      code: 503,
      details: { limits: { bots: [{ lastError: sentence, stale: true }] } },
    });
    expect(statesOf(asked)).toEqual(['held', 'held', 'held']);

    discord.setRest({ kind: 'ok' });
    expect(await allAnswered(asked)).toMatchObject([PERMIT, PERMIT, PERMIT]);
    expect(service.answered).toEqual([2, 0, 1]);
    expect(await service.ready()).toMatchObject({ code: 200, status: 'ok' });

    discord.setRest({ kind: 'hanging' });
    const questions = discord.log.of('rest').length;
    await discord.log.until((log) => log.of('rest').length > questions);
    expect(await service.ask(3).answer).toMatchObject(PERMIT);
    expect((await service.ready()).code).toBe(200);
  });
});
