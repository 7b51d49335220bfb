import { REST } from '@discordjs/rest';
import {
  SimpleShardingStrategy,
  WebSocketManager,
  WebSocketShardEvents,
  WorkerShardingStrategy,
} from '@discordjs/ws';
import { afterEach, expect, test } from 'vitest';

import { startFakeDiscord, type FakeDiscord } from '../../../test/support/discord/index.ts';
import { identifyThrottler } from '../src/index.ts';
import { answers, ScriptedQueue, type Step } from '../testing/index.ts';

const SHARDS = 4;
/** Short, to be quick; the fake judges as strictly as over 5 s. */
const WINDOW_MS = 200;

let discord: FakeDiscord | undefined;
let queue: ScriptedQueue | undefined;
let manager: WebSocketManager | undefined;
afterEach(async () => {
  await manager?.destroy();
  await queue?.stop();
  await discord?.close();
});

/** Gives one permit at a time: the next one interval after the confirm of the one before. */
function confirmedPermits(scripted: ScriptedQueue): void {
  let turn = Promise.resolve();
  const wait: Step = (request) => {
    const mine = turn;
    const confirmed = Promise.withResolvers<void>();
    turn = confirmed.promise;
    const give = (): void => {
      scripted.onSettle(({ response }) => {
        response.writeHead(204).end();
        setTimeout(confirmed.resolve, WINDOW_MS);
      });
      answers.permit()(request);
    };
    void mine.then(give);
  };
  scripted.script(...Array.from({ length: SHARDS }, () => wait));
}

function managerOf(url: string, api: string, shardCount: number): WebSocketManager {
  return new WebSocketManager({
    token: 'fake-token',
    intents: 0,
    rest: new REST({ api }).setToken('fake-token'),
    shardCount,
    buildIdentifyThrottler: identifyThrottler({ url }),
  });
}

test('after an Invalid Session the permit is neither confirmed nor released, and the next permit is confirmed', async () => {
  // Long, so that the second IDENTIFY is too early on a busy machine too.
  const fake = await startFakeDiscord({ windowMs: 60_000 });
  discord = fake;
  const afterTheWindow: Step = (request) => {
    fake.settings.windowMs = 0;
    answers.permit()(request);
  };
  const scripted = await ScriptedQueue.start(answers.permit(), answers.permit(), afterTheWindow);
  queue = scripted;
  manager = managerOf(scripted.url, fake.url, 2);
  // The scripted queue lets both go at once, which no real one does.
  await manager.connect();
  await scripted.until(() => scripted.settles.length === 2);
  expect(fake.log.invalidSessions()).toHaveLength(1);
  expect(scripted.identifies).toHaveLength(3);
  const last = scripted.identifies[2]?.query.get('shard');
  const invalid = String(fake.log.invalidSessions()[0]?.shard);
  expect(last).toBe(invalid);
  expect(scripted.settles.every(({ path }) => path.endsWith('/confirm'))).toBe(true);
});

test('a shard that is closed while it waits hangs up', async () => {
  discord = await startFakeDiscord({ windowMs: WINDOW_MS });
  const scripted = await ScriptedQueue.start(answers.hang());
  queue = scripted;
  manager = managerOf(scripted.url, discord.url, 1);
  const connecting = manager.connect();
  await scripted.until(() => scripted.identifies.length === 1);
  discord.disconnect(4000);
  await scripted.identifies[0]?.ended;
  // @discordjs/ws connects again by itself, and the queue gives a permit then.
  await connecting;
  await scripted.until(() => scripted.settles.length === 1);
  expect(scripted.identifies).toHaveLength(2);
});

test.each([
  ['in the manager’s thread', SimpleShardingStrategy],
  [
    'in workers',
    class extends WorkerShardingStrategy {
      constructor(built: WebSocketManager) {
        // Of a worker with two, @discordjs/ws 2.0.4 may terminate it before the second one is destroyed,
        // and then its destroy() never ends.
        super(built, { shardsPerWorker: 1 });
      }
    },
  ],
])('4 shards %s are READY, each with a permit that it confirmed', async (_where, Strategy) => {
  discord = await startFakeDiscord({ windowMs: WINDOW_MS, jitter: { minMs: 0, maxMs: 100 } });
  queue = await ScriptedQueue.start();
  confirmedPermits(queue);
  const warnings: Error[] = [];
  const onWarning = (warning: Error): number => warnings.push(warning);
  process.on('warning', onWarning);

  manager = new WebSocketManager({
    token: 'fake-token',
    intents: 0,
    rest: new REST({ api: discord.url }).setToken('fake-token'),
    shardCount: SHARDS,
    buildStrategy: (built) => new Strategy(built),
    buildIdentifyThrottler: identifyThrottler({ url: queue.url }),
  });
  const ready: number[] = [];
  manager.on(WebSocketShardEvents.Ready, (_data, shard) => void ready.push(shard));
  await manager.connect();
  const asked = queue;
  await asked.until(() => asked.settles.length === SHARDS);
  process.off('warning', onWarning);

  expect(new Set(ready).size).toBe(SHARDS);
  expect(discord.log.invalidSessions()).toEqual([]);
  expect(discord.log.of('identify')).toHaveLength(SHARDS);
  expect(asked.identifies).toHaveLength(SHARDS);
  expect(new Set(asked.settled).size).toBe(SHARDS);
  expect(asked.settles.every(({ path }) => path.endsWith('/confirm'))).toBe(true);
  expect(warnings).toEqual([]);
});
