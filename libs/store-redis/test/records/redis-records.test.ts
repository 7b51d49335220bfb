import { AUDIT_KEPT } from '@gateway-queue/operator-records';
import { expect, onTestFinished, test } from 'vitest';
import type { Server } from '../../src/connection/server.ts';
import { CountingServer } from '../counting-server.ts';
import { useRedis } from '../servers/file-servers.ts';
import { recordsKeys } from '../../src/scripts/keys.ts';
import { ANA, BOT, hash, LIMITS, record } from '@gateway-queue/operator-records/testing';
import { redisRecords } from '../../src/records/redis-records.ts';
import { RedisHarness } from './harness.ts';

const HOUR_MS = 3_600_000;

const redis = useRedis();

async function open(wrap?: (server: Server) => Server): Promise<RedisHarness> {
  const harness = await RedisHarness.open(redis(), wrap);
  onTestFinished(() => harness.dispose());
  return harness;
}

/** The keys that exist. */
async function keysLeft({ connection, prefix }: RedisHarness): Promise<string[]> {
  const keys = recordsKeys(prefix);
  const found = await Promise.all(keys.map((key) => connection.commands.exists(key)));
  return keys.filter((_, index) => found[index] === 1);
}

test('what one replica keeps, all replicas read', async () => {
  const harness = await open();
  const [a, b] = [harness.another(), harness.another()];
  const entry = await a.audit.append(record());
  const session = await a.sessions.begin(hash(1), ANA, HOUR_MS);
  const override = await a.overrides.set(BOT, LIMITS);
  await a.reports.report('a', 1, HOUR_MS);
  await b.reports.report('b', 2, HOUR_MS);
  expect(await b.audit.page({}, 10)).toEqual([entry]);
  expect(await b.sessions.find(hash(1))).toEqual(session);
  expect(await b.overrides.of(BOT)).toEqual(override);
  expect(await b.overrides.set(BOT, LIMITS, 0)).toBeUndefined();
  expect(await b.reports.all()).toMatchObject([{ report: 1 }, { report: 2 }]);
});

test('another prefix has other records', async () => {
  const [one, other] = [await open(), await open()];
  await one.records.audit.append(record());
  await one.records.overrides.set(BOT, LIMITS);
  expect(await other.records.audit.page({}, 10)).toEqual([]);
  expect(await other.records.overrides.of(BOT)).toBeUndefined();
});

test("the moments are those of the server's clock", async () => {
  const { connection, prefix } = await open();
  const records = redisRecords({ server: connection.server, prefix });
  const before = await secondsOfServer();
  const { at } = await records.audit.append(record());
  const { expiresAt } = await records.sessions.begin(hash(1), ANA, HOUR_MS);
  const after = await secondsOfServer();
  expect(at).toBeGreaterThanOrEqual(before * 1000);
  expect(expiresAt - HOUR_MS).toBeLessThan((after + 1) * 1000);
  expect(expiresAt - HOUR_MS).toBeGreaterThanOrEqual(at);

  async function secondsOfServer(): Promise<number> {
    const [seconds] = await connection.commands.time();
    return Number(seconds);
  }
});

test('after all data was lost, ids and versions go on and repeat none', async () => {
  const harness = await open();
  const { audit, overrides } = harness.records;
  const entry = await audit.append(record());
  const override = await overrides.set(BOT, LIMITS);
  await harness.connection.commands.del(...recordsKeys(harness.prefix));
  await harness.advance(1);
  expect((await audit.append(record())).id).toBeGreaterThan(entry.id);
  const again = await overrides.set(BOT, LIMITS, 0);
  expect(again?.version).toBeGreaterThan(override?.version ?? Infinity);
});

test('P10 nothing is kept of sessions and reports that are over once another is ended', async () => {
  const harness = await open();
  const { reports, sessions } = harness.records;
  await sessions.begin(hash(1), ANA, HOUR_MS);
  await sessions.begin(hash(2), ANA, HOUR_MS);
  await reports.report('a', 1, HOUR_MS);
  await reports.report('b', 1, HOUR_MS);
  await sessions.end(hash(1));
  await reports.withdraw('a');
  expect((await keysLeft(harness)).length).toBeGreaterThan(0);
  await harness.advance(HOUR_MS);
  await sessions.end('another');
  await reports.withdraw('another');
  expect(await keysLeft(harness)).toEqual([]);
});

test('P10 reports of replicas that are gone are dropped when other replicas report', async () => {
  const harness = await open();
  const { reports } = harness.records;
  for (let n = 0; n < 10; n++) {
    await reports.report(`replica-${n}`, n, HOUR_MS);
    await harness.advance(HOUR_MS);
  }
  await reports.report('last', 1, HOUR_MS);
  const key = recordsKeys(harness.prefix).find((name) => name.endsWith(':reports')) ?? '';
  expect(await harness.connection.commands.hlen(key)).toBe(1);
});

test(
  'P10 no key of the audit log keeps anything of dropped entries',
  { timeout: 60_000 },
  async () => {
    const harness = await open();
    const { connection, prefix, records } = harness;
    for (let done = 0; done < AUDIT_KEPT + 500; done += 500) {
      await Promise.all(Array.from({ length: 500 }, () => records.audit.append(record())));
    }
    const [audit = '', index = '', , changes = ''] = recordsKeys(prefix);
    expect(await connection.commands.hlen(audit)).toBe(AUDIT_KEPT);
    expect(await connection.commands.zcard(index)).toBe(AUDIT_KEPT);
    expect(await connection.commands.zcard(changes)).toBe(AUDIT_KEPT);
  },
);

test('P10 no script reads more than 500 entries', { timeout: 60_000 }, async () => {
  let counting: CountingServer | undefined;
  const { records } = await open((server) => (counting = new CountingServer(server)));
  for (let done = 0; done < 1500; done += 500) {
    await Promise.all(Array.from({ length: 500 }, () => records.audit.append(record())));
  }
  const oldest = (await records.audit.page({}, 1500)).at(-1);
  const before = counting?.total ?? 0;
  expect(await records.audit.page({ by: 'nobody' }, 10)).toEqual([]);
  // One script more finds that there is nothing left.
  expect((counting?.total ?? 0) - before).toBe(4);
  expect(await records.audit.page({ by: 'ana' }, 10, oldest?.id)).toEqual([]);
});

test('a call rejects when the server fails', async () => {
  const failing = { run: () => Promise.reject(new Error('the server is away')) };
  const { audit, overrides, reports, sessions } = redisRecords({
    server: failing,
    prefix: 'p',
  });
  const asked = [
    audit.append(record()),
    audit.page({}, 1),
    sessions.begin(hash(1), ANA, HOUR_MS),
    sessions.find(hash(1)),
    sessions.end(hash(1)),
    reports.report('a', 1, HOUR_MS),
    reports.all(),
    reports.withdraw('a'),
    overrides.of(BOT),
    overrides.set(BOT, LIMITS),
    overrides.lift(BOT),
  ];
  for (const one of await Promise.allSettled(asked)) {
    expect(one).toMatchObject({ status: 'rejected', reason: { message: 'the server is away' } });
  }
});
