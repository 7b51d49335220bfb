import { afterEach, expect, test } from 'vitest';

import { seededRandom } from '../support/discord/random.ts';
import { startService, type Service } from '../support/service/service.ts';
import { Connection } from '../support/http/connection.ts';
import { granted } from '../support/queue/permit-log.ts';
import { permit } from '../support/queue/expected.ts';

const CLIENTS = 500;
const SHARDS = 120;

let service: Service | undefined;
afterEach(() => service?.kill());

interface Request {
  /** Undefined when it names none. */
  readonly shard: number | undefined;
  readonly connection: Connection;
  leaves: boolean;
}

test('P8 over 500 random clients each request ends exactly once', async () => {
  service = await startService({
    MAX_CONCURRENCY: '8',
    IDENTIFY_INTERVAL_MS: '15',
    IDENTIFY_MARGIN_MS: '0',
  });
  const random = seededRandom(42);
  const requests: Request[] = [];
  for (let client = 0; client < CLIENTS; client += 1) {
    // Fewer shards than clients: many ask again, while their old request is held and after it has left.
    const shard = random() < 0.15 ? undefined : Math.floor(random() * SHARDS);
    const connection = await Connection.open(service.url);
    const method = random() < 0.5 ? 'GET' : 'POST';
    const target = shard === undefined ? '/' : `/?shard=${shard}`;
    connection.send({ method, target, headers: ['Content-Length: 0'] });
    requests.push({ shard, connection, leaves: false });
    // Now and then a client leaves, whether answered by now or not.
    const leaver = requests[Math.floor(random() * requests.length)];
    if (leaver === undefined || random() < 0.6) continue;
    leaver.leaves = true;
    if (random() < 0.5) leaver.connection.reset();
    else leaver.connection.finish();
  }

  const staying = requests.filter(({ leaves }) => !leaves);
  for (const { connection } of staying) expect(await connection.answer()).toMatchObject(permit());
  for (const { connection, leaves } of requests) {
    if (leaves) await connection.closed;
    // Would a second answer come, it would come before the one to this.
    else connection.send({ target: '/nowhere' });
  }
  for (const { connection } of staying) {
    expect((await connection.answer()).status).toBe(404);
    expect(connection.answers).toHaveLength(2);
  }

  // Nothing is held any more, and none of the answers is missing in the log.
  expect(await service.stop()).toBe(0);
  expect(service.logs).toContainEqual(
    expect.objectContaining({ msg: expect.stringMatching(/^Shutting down/), held: 0 }),
  );
  expectOneEach(service, requests);
});

/** By shard: as many permits as answers, and one more at most for each request that left. */
function expectOneEach(ended: Service, requests: readonly Request[]): void {
  for (const shard of new Set(requests.map((request) => request.shard))) {
    const its = requests.filter((request) => request.shard === shard);
    const permits = granted(ended).filter((line) => line['shard'] === (shard ?? null)).length;
    const answers = its.filter(({ connection }) => connection.answers.length > 0).length;
    const lost = its.filter(({ connection, leaves }) => leaves && connection.answers.length === 0);
    expect(permits).toBeGreaterThanOrEqual(answers);
    expect(permits).toBeLessThanOrEqual(answers + lost.length);
  }
}
