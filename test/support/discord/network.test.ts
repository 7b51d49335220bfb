import { afterEach, describe, expect, test } from 'vitest';

import { monotonicNow, startFakeDiscord, type FakeDiscord } from './index.ts';
import { DelayLine, drawDelay } from './network.ts';
import { seededRandom } from './random.ts';
import { connectRaw } from './raw-client.ts';

function draw(seed: number): number[] {
  const random = seededRandom(seed);
  return Array.from({ length: 1000 }, () => drawDelay({ minMs: 50, maxMs: 250 }, random));
}

describe('seeded delays', () => {
  test('come again with the same seed, and only with that', () => {
    expect(draw(42)).toEqual(draw(42));
    expect(draw(42)).not.toEqual(draw(43));
  });

  test('fill the range and stay in it', () => {
    const delays = draw(7);
    expect(Math.min(...delays)).toBeGreaterThanOrEqual(50);
    expect(Math.min(...delays)).toBeLessThan(60);
    expect(Math.max(...delays)).toBeLessThanOrEqual(250);
    expect(Math.max(...delays)).toBeGreaterThan(240);
  });
});

describe('a line', () => {
  test('never delivers early and never lets anything overtake', async () => {
    const line = new DelayLine();
    const order: number[] = [];
    const delays = [20, 0, 5, 25, 1];
    const sentAt = monotonicNow();
    await new Promise<void>((resolve) => {
      for (const [index, delayMs] of delays.entries()) {
        line.send(delayMs, () => {
          order.push(index);
          expect(monotonicNow() - sentAt).toBeGreaterThanOrEqual(delayMs);
          if (order.length === delays.length) resolve();
        });
      }
    });
    expect(order).toEqual([0, 1, 2, 3, 4]);
  });

  test('delivers at once what has no delay', () => {
    const order: string[] = [];
    const line = new DelayLine();
    line.send(0, () => {
      order.push('first');
      line.send(0, () => order.push('second'));
    });
    expect(order).toEqual(['first', 'second']);
  });
});

describe('the way to the gateway', () => {
  let discord: FakeDiscord;
  afterEach(() => discord.close());

  test('delays the judgement of an IDENTIFY, and what was sent after it', async () => {
    discord = await startFakeDiscord({ jitter: { minMs: 30, maxMs: 40 } });
    const client = await connectRaw(discord.gatewayUrl);
    client.identify([0, 1]);
    client.send({ op: 1, d: null });
    expect(await client.next()).toMatchObject({ t: 'READY' });
    expect(await client.next()).toMatchObject({ op: 11 });
    const [entry] = discord.log.of('identify');
    expect(entry?.networkDelayMs).toBeGreaterThanOrEqual(30);
    expect((entry?.judgedAt ?? 0) - (entry?.receivedAt ?? 0)).toBe(entry?.networkDelayMs);
  });

  test('makes late what was sent in time: the window is kept at the gateway', async () => {
    const windowMs = 400;
    discord = await startFakeDiscord({ windowMs, jitter: { minMs: 420, maxMs: 420 } });
    const first = await connectRaw(discord.gatewayUrl);
    const second = await connectRaw(discord.gatewayUrl);
    first.identify([0, 2]);
    await first.next();
    discord.settings.jitter = { minMs: 0, maxMs: 0 };
    second.identify([1, 2]);
    expect(await second.next()).toMatchObject({ op: 9, d: false });
    const [slow, quick] = discord.log.of('identify').map(({ receivedAt }) => receivedAt);
    expect((quick ?? 0) - (slow ?? 0)).toBeGreaterThanOrEqual(windowMs);
  });

  test('still carries the IDENTIFY of a client that has gone', async () => {
    discord = await startFakeDiscord({ jitter: { minMs: 30, maxMs: 30 } });
    const client = await connectRaw(discord.gatewayUrl);
    client.identify([0, 1]);
    client.close();
    await discord.log.until((log) => log.of('close').length === 1);
    expect(discord.log.entries.map(({ kind }) => kind)).toEqual(['connect', 'identify', 'close']);
    expect(discord.info().session_start_limit.remaining).toBe(999);
  });
});
