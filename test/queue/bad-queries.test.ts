import { afterEach, describe, expect, test } from 'vitest';

import { startFakeDiscord, type FakeDiscord } from '../support/discord/index.ts';
import { startService, type Service } from '../support/service/service.ts';
import { ask, hold } from '../support/http/ask.ts';
import { startGatedService } from '../support/queue/gated-service.ts';
import { grantedShards, untilGranted } from '../support/queue/permit-log.ts';
import { permit, refusalOf } from '../support/queue/expected.ts';

const MALFORMED_SHARD = `
  shard=abc shard= shard shard=-1 shard=-0 shard=+1 shard=%2B1 shard=1.5 shard=1. shard=.5 shard=1e3
  shard=0x10 shard=0b1 shard=1_0 shard=%20 shard=%201 shard=1%20 shard=1+ shard=1%0A shard=1%00
  shard=1,2 shard=2147483648 shard=4294967296 shard=${'9'.repeat(33)} shard=${'1'.repeat(4000)}
  shard=1&shard=1 shard=1&shard=2 shard=&shard=1 shard=1&shard shard=1&%73hard=1 shard==1
  shard=%zz shard=% shard=1% shard=%ff shard=null shard=NaN shard=Infinity shard=1;bot=default
  shard=[1] shard={} shard="1" bot=default&shard=x
  shard=%D9%A1 shard=%EF%BC%91 shard=%C2%B2
`;

const MALFORMED_BOT = `
  bot= bot bot=nobody bot=Default bot=default%20 bot=%zz bot=__proto__ bot=constructor
  bot=default&bot=default bot=default&bot bot=nobody&bot=default bot=nobody&shard=1
  shard=1&bot=nobody bot=${'x'.repeat(5000)}
`;

const words = (text: string): string[] => text.trim().split(/\s+/);

/** With the parameter that the answer has to name. */
const EACH = [
  ...words(MALFORMED_SHARD).map((query) => ({ parameter: 'shard', query })),
  ...words(MALFORMED_BOT).map((query) => ({ parameter: 'bot', query })),
];

/** Without a body and with one, for those take different ways through the server. */
async function expectAllRefused(service: Service): Promise<void> {
  for (const { parameter, query } of EACH) {
    const target = `/?${query}`;
    const headers = ['Content-Type: application/json', 'Content-Length: 1'];
    const get = ask(service, { target });
    const post = ask(service, { method: 'POST', target, headers, body: '{' });
    for (const answer of await Promise.all([get, post]))
      expect(answer).toMatchObject(refusalOf(parameter));
  }
}

let service: Service | undefined;
let discord: FakeDiscord | undefined;
afterEach(async () => {
  await service?.kill();
  await discord?.close();
});

describe('a malformed query', () => {
  test('is refused at once and not held, even if nothing is granted and the service is full', async () => {
    const gated = await startGatedService({ MAX_WAITING: '1' });
    ({ service } = gated);
    const held = await hold(service, '/?shard=0');
    await expectAllRefused(service);
    expect(held.answers).toEqual([]);
    gated.open(1);
    expect(await held.answer()).toMatchObject(permit());
    held.reset();
    await gated.stop();
  });

  test('spends neither a slot nor a session start', async () => {
    discord = await startFakeDiscord({
      bots: [{ token: 'fake-token', maxConcurrency: 2, remaining: 3 }],
    });
    service = await startService({
      DISCORD_TOKEN: 'fake-token',
      DISCORD_API_URL: discord.url,
      IDENTIFY_INTERVAL_MS: '1500',
      IDENTIFY_MARGIN_MS: '0',
      SESSION_RESERVE: '0',
    });
    // Bucket 1 is closed from here on, bucket 0 is not.
    await ask(service, { target: '/?shard=1' });
    await expectAllRefused(service);
    // A permit for one of them would have closed bucket 0 until after bucket 1 has opened.
    const first = await hold(service, '/?shard=0');
    const second = await hold(service, '/?shard=3');
    expect(await first.answer()).toMatchObject(permit());
    expect(await second.answer()).toMatchObject(permit());
    await untilGranted(service, 3);
    expect(grantedShards(service)).toEqual([1, 0, 3]);
    first.reset();
    second.reset();
  });
});
