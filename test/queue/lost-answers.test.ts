import { afterEach, expect, test } from 'vitest';

import { startFakeDiscord, type FakeDiscord } from '../support/discord/index.ts';
import { seededRandom } from '../support/discord/random.ts';
import { startService, type Service } from '../support/service/service.ts';
import { ask, hold, seenBy } from '../support/http/ask.ts';
import { Connection } from '../support/http/connection.ts';
import { released, grantedShards, untilGranted } from '../support/queue/permit-log.ts';
import { permit } from '../support/queue/expected.ts';

/** Discord is asked once, at the start: from then on the service counts the session starts by itself. */
const NEVER = '0 0 1 1 *';

let service: Service;
let discord: FakeDiscord;
afterEach(async () => {
  await service.kill();
  await discord.close();
});

async function start(intervalMs: number, maxConcurrency: number, remaining: number): Promise<void> {
  discord = await startFakeDiscord({
    bots: [{ token: 'fake-token', maxConcurrency, remaining }],
  });
  service = await startService({
    DISCORD_TOKEN: 'fake-token',
    DISCORD_API_URL: discord.url,
    GATEWAY_INFO_CRON: NEVER,
    IDENTIFY_INTERVAL_MS: String(intervalMs),
    IDENTIFY_MARGIN_MS: '0',
    SESSION_RESERVE: '0',
  });
}

function connections(count: number): Promise<Connection[]> {
  return Promise.all(Array.from({ length: count }, () => Connection.open(service.url)));
}

/** The shards whose permit was not released, as far as the log of this request's permit. */
async function grantedUntil(shard: number): Promise<number[]> {
  await untilGranted(service, shard);
  return grantedShards(service).map(Number);
}

test('P5 a permit whose answer could not be written costs neither the slot nor the session start', async () => {
  const buckets = 40;
  const clock = buckets;
  await start(10_000, buckets + 1, buckets + 2);
  // This bucket is open again when an interval has passed; by then all others must have been used.
  expect(await ask(service, { target: `/?shard=${clock}` })).toMatchObject(permit());
  const nextInterval = await hold(service, `/?shard=${clock + clock + 1}`);

  const firsts = await connections(buckets);
  await seenBy(service);
  // Requests and resets arrive while the service looks away, so each answer is written into a reset.
  process.kill(service.pid, 'SIGSTOP');
  for (const [bucket, connection] of firsts.entries()) {
    connection.send({ target: `/?shard=${bucket}` });
    connection.reset();
  }
  process.kill(service.pid, 'SIGCONT');
  await seenBy(service);
  const secondOf = (bucket: number): number => bucket + buckets + 1;
  const seconds = Array.from({ length: buckets }, (_, bucket) =>
    hold(service, `/?shard=${secondOf(bucket)}`),
  );
  for (const connection of await Promise.all(seconds))
    expect(await connection.answer()).toMatchObject(permit());
  expect(nextInterval.answers).toEqual([]);
  expect(await nextInterval.answer()).toMatchObject(permit());
  const granted = await grantedUntil(clock + clock + 1);
  expect(granted.filter((shard) => shard < buckets)).toEqual([]);
  expect(released(service)).toHaveLength(buckets);
  expect(granted).toHaveLength(buckets + 2);
});

test('P5 clients that reset at the moment of their permit cost neither slot nor session start, in many races', async () => {
  const buckets = 20;
  const rounds = 12;
  const starts = buckets * (rounds + 1);
  await start(40, buckets, starts);
  const random = seededRandom(7);
  let shard = 0;
  let answered = 0;
  for (let round = 0; round < rounds; round += 1) {
    // All buckets are open soon, and nearly at once: all clients leave somewhere in the middle of that.
    const clients = await connections(buckets);
    for (const connection of clients) connection.send({ target: `/?shard=${shard++}` });
    const some = clients.filter(() => random() < 0.2);
    const enough = some.map((connection) => connection.answer().catch(() => undefined));
    await (enough.length > 0 ? Promise.race(enough) : clients[0]?.answer());
    for (const connection of clients) {
      answered += connection.answers.length;
      connection.reset();
    }
  }
  await seenBy(service);
  const marker = shard;
  expect(await ask(service, { target: `/?shard=${marker}` })).toMatchObject(permit());
  const spent = (await grantedUntil(marker)).length;
  // Some answers were on their way when their client left; none came that the log does not have.
  expect(spent - 1).toBeGreaterThanOrEqual(answered);

  // All the starts that the log does not have are still there.
  const rest = Array.from({ length: starts - spent }, (_, index) =>
    ask(service, { target: `/?shard=${marker + 1 + index}` }),
  );
  for (const answer of await Promise.all(rest)) expect(answer).toMatchObject(permit());
});
