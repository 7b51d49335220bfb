import { once } from 'node:events';
import { request } from 'node:http';
import { connect } from 'node:net';
import { Controller, Get, Global, Inject, Module, Res } from '@nestjs/common';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import { Test } from '@nestjs/testing';
import { DEFAULT_RULES, FakeClock } from '@gateway-queue/identify-limiter/testing';
import type { Limiter, Store } from '@gateway-queue/operator-records';
import { openSqliteStore } from '@gateway-queue/store-sqlite';
import { IdentifyQueue } from '@gateway-queue/identify-queue';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { FastifyReply } from 'fastify';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { noteIdentity } from '../auth/identity.ts';
import { RecordsInMemory } from '../auth/testing/records-in-memory.ts';
import { Capacity } from '../connections/capacity.ts';
import { ConnectionsModule } from '../connections/connections.module.ts';
import { Draining } from '../connections/draining.ts';
import { HeldRequests } from '../connections/held-requests.ts';
import { GatewayInfoService } from '../gateway-info/gateway-info.service.ts';
import { fastifyOptions } from '../http/fastify-options.ts';
import { HttpModule } from '../http/http.module.ts';
import { CLOCK, LIMITER, REPLICA_NAME, REPLICA_REPORTS, SESSIONS } from '../store/store.tokens.ts';
import { readSettings } from '../settings/read-settings.ts';
import { SettingsModule } from '../settings/settings.module.ts';
import { EventStreams } from './events/event-streams.ts';
import { LiveModule } from './live.module.ts';
import { LiveState } from './live-state.ts';
import { applyMergePatch } from './testing/apply-merge-patch.ts';
import { EventReader } from './testing/event-reader.ts';
import { FakeReports, quietReport } from './testing/fake-reports.ts';

/** How long in ms a session of {@link EndingController} lasts. */
const SESSION_MS = 10_000;

const OPERATOR = { name: 'kim', role: 'viewer', from: '127.0.0.1' } as const;

/** The name of the replica under test. */
const REPLICA = 'this-one';

/** What the session of {@link EndingController} is kept under. */
const SESSION = 'the-session';

/** Streams that end with a session. */
@Controller('ending')
class EndingController {
  constructor(
    @Inject(EventStreams) private readonly streams: EventStreams,
    @Inject(CLOCK) private readonly clock: FakeClock,
  ) {}

  @Get()
  async follow(@Res() reply: FastifyReply): Promise<void> {
    reply.header('x-set-before', 'kept');
    const expiresAt = this.clock.wallNow() + SESSION_MS;
    this.streams.open(reply, undefined, { secretHash: SESSION, expiresAt });
  }
}

/** The module over real HTTP, on a clock that only the test moves, and over a real limiter. */
class LiveApp {
  private constructor(
    readonly app: NestFastifyApplication,
    readonly clock: FakeClock,
    readonly limiter: Limiter,
    readonly reports: FakeReports,
    readonly records: RecordsInMemory,
    private readonly store: Store,
    readonly url: string,
  ) {}

  static async start(): Promise<LiveApp> {
    const clock = new FakeClock();
    const store = openSqliteStore({
      clock,
      dataDir: ':memory:',
      rules: DEFAULT_RULES,
      placeTtlMs: 90_000,
      maxPlaces: 8,
      replica: REPLICA,
    });
    const { limiter } = store;
    const reports = new FakeReports(clock);
    const records = new RecordsInMemory(clock);
    await records.sessions.begin(SESSION, { ...OPERATOR, tokenHash: '' }, SESSION_MS);
    @Global()
    @Module({
      providers: [
        { provide: CLOCK, useValue: clock },
        { provide: LIMITER, useValue: limiter },
        { provide: REPLICA_NAME, useValue: REPLICA },
        { provide: REPLICA_REPORTS, useValue: reports },
        { provide: SESSIONS, useValue: records.sessions },
      ],
      exports: [CLOCK, LIMITER, REPLICA_NAME, REPLICA_REPORTS, SESSIONS],
    })
    class EnvironmentModule {}
    const settings = readSettings({});
    const module = await Test.createTestingModule({
      imports: [
        SettingsModule.of(settings),
        HttpModule,
        ConnectionsModule,
        EnvironmentModule,
        LiveModule,
      ],
      controllers: [EndingController],
    })
      .overrideProvider(GatewayInfoService)
      .useValue({ status: () => [] })
      .setLogger({ log: () => {}, warn: () => {}, error: () => {} })
      .compile();
    const adapter = new FastifyAdapter(fastifyOptions(settings));
    const app = module.createNestApplication<NestFastifyApplication>(adapter);
    // In place of access control: all requests are let in.
    app
      .getHttpAdapter()
      .getInstance()
      .addHook('onRequest', async (asking) => {
        noteIdentity(asking, { operator: OPERATOR, session: null });
      });
    await app.listen({ host: '127.0.0.1', port: 0 });
    return new LiveApp(app, clock, limiter, reports, records, store, await app.getUrl());
  }

  get streams(): EventStreams {
    return this.app.get(EventStreams);
  }

  /** Lets one tick happen. */
  async tick(): Promise<void> {
    await this.clock.advance(1000);
  }

  async stop(): Promise<void> {
    await this.app.close();
    await this.store.close();
  }
}

let live: LiveApp;

beforeEach(async () => {
  live = await LiveApp.start();
});

afterEach(() => live.stop());

/** Follows the events; resolves when the state at the beginning is there. */
async function follow(lastEventId?: string): Promise<EventReader> {
  const reader = await EventReader.open(`${live.url}/api/v1/events`, lastEventId);
  if (lastEventId === undefined) await reader.read('snapshot', 1);
  return reader;
}

test('first the state, then what changes; together they are the state as it is', async () => {
  const reader = await follow();
  expect(reader.answer.statusCode).toBe(200);
  expect(reader.answer.headers).toMatchObject({
    'content-type': 'text/event-stream',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
  });
  expect(reader.events[0]?.text).toBe('retry: 2000');
  await live.limiter.setLimits('default', { maxConcurrency: 3, total: 1000, source: 'default' });
  await live.tick();
  await live.limiter.pause({ bot: 'default', bucket: 1, reason: 'r', by: 'b', durationMs: null });
  await live.tick();
  await live.limiter.resume({ bot: 'default', bucket: 1 });
  await live.tick();
  const [snapshot] = await reader.read('snapshot', 1);
  const changes = await reader.read('change', 3);
  expect(changes[1]?.data).toMatchObject({
    bots: { default: { pauses: { 1: { reason: 'r', dormant: false } } } },
  });
  expect(changes[2]?.data).toMatchObject({ bots: { default: { pauses: { 1: null } } } });
  let state = snapshot?.data;
  for (const { data } of changes) state = applyMergePatch(state, data);
  expect(state).toEqual(await live.app.get(LiveState).snapshot());
  expect(state).toMatchObject({
    bots: { default: { limits: { maxConcurrency: 3 }, buckets: { 0: {}, 1: {}, 2: {} } } },
    replicas: { [REPLICA]: { heldRequests: 0, draining: false } },
  });
});

test('a reader that reconnects gets only what it missed; with an id of another process it gets the whole state', async () => {
  const reader = await follow();
  await live.tick();
  const [seen] = await reader.read('change', 1);
  reader.hangUp();
  const other = await follow();
  await live.tick();
  await live.tick();
  await other.read('change', 2);
  const back = await follow(seen?.id);
  const missed = await back.read('change', 2);
  expect(missed).toEqual(await other.read('change', 2));
  await live.tick();
  expect(await back.read('change', 3)).toEqual(await other.read('change', 3));
  expect(back.events.map(({ event }) => event)).not.toContain('snapshot');

  const stranger = await follow('0123-1');
  await stranger.read('snapshot', 1);
});

test('a reader that reconnects after a while without readers gets what has changed since', async () => {
  const reader = await follow();
  const [snapshot] = await reader.read('snapshot', 1);
  reader.hangUp();
  await expect.poll(() => live.streams.size).toBe(0);
  await live.clock.advance(60_000);
  const before = live.reports.reads;
  await live.clock.advance(60_000);
  expect(live.reports.reads).toBe(before);
  const back = await follow(snapshot?.id);
  await back.read('change', 1);
  const now = await live.app.get(LiveState).snapshot();
  const changes = await back.read('change', now.version - 1);
  const state = changes.reduce<unknown>(
    (patched, { data }) => applyMergePatch(patched, data),
    snapshot?.data,
  );
  expect(state).toEqual(now);
});

test('fifty readers: one snapshot in a tick', async () => {
  const readers = await Promise.all(Array.from({ length: 50 }, () => follow()));
  const before = live.reports.reads;
  for (let count = 1; count <= 5; count += 1) {
    await live.tick();
    await Promise.all(readers.map((reader) => reader.read('change', count)));
  }
  expect(live.reports.reads - before).toBe(5);
  const [first] = readers;
  for (const reader of readers) {
    expect(await reader.read('change', 5)).toEqual(await first?.read('change', 5));
  }
});

test('a heartbeat comes each 15 s', async () => {
  const reader = await follow();
  const before = reader.events.filter(({ event }) => event === 'heartbeat').length;
  for (let second = 0; second < 45; second += 1) await live.tick();
  const heartbeats = await reader.read('heartbeat', before + 3);
  expect(heartbeats).toHaveLength(before + 3);
});

test('P10: the number of open streams is bounded, and open streams go on', async () => {
  const most = live.app.get(Capacity).streams;
  const readers = await Promise.all(Array.from({ length: most }, () => follow()));
  const answer = await fetch(`${live.url}/api/v1/events`);
  expect(answer.status).toBe(503);
  expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json\b/);
  expect(await answer.json()).toMatchObject({ code: 'too-many-streams' });
  const [gone, ...others] = readers;
  gone?.hangUp();
  await expect.poll(() => live.streams.size).toBe(most - 1);
  const next = await follow();
  await live.tick();
  await Promise.all([next, ...others].map((reader) => reader.read('change', 1)));
});

test('P10: a reader that does not read is dropped, and the others go on', async () => {
  const reader = await follow();
  const slow = connect(Number(new URL(live.url).port), '127.0.0.1');
  slow.on('error', () => undefined);
  slow.pause();
  slow.write('GET /api/v1/events HTTP/1.1\r\nHost: x\r\n\r\n');
  await expect.poll(() => live.streams.size).toBe(2);
  // What the kernel takes for it comes on top of what is kept here.
  let ticks = 0;
  for (; live.streams.size === 2 && ticks < 100; ticks += 1) {
    const version = `${ticks}${'x'.repeat(500_000)}`;
    await live.reports.report('big', quietReport({ version }), 5000);
    await live.tick();
    await reader.read('change', ticks + 1);
  }
  expect(live.streams.size).toBe(1);
  expect(ticks).toBeGreaterThan(2);
  await live.tick();
  await reader.read('change', ticks + 1);
  slow.destroy();
});

test('with the session the stream ends, in good order; and headers that others set are kept', async () => {
  const reader = await EventReader.open(`${live.url}/ending`);
  expect(reader.answer.headers['x-set-before']).toBe('kept');
  for (let second = 1; second < SESSION_MS / 1000; second += 1) await live.tick();
  await reader.read('change', SESSION_MS / 1000 - 1);
  await live.tick();
  await reader.over;
  expect(reader.answer.complete).toBe(true);
  expect(live.streams.size).toBe(0);
});

test('after a logout the streams of that session end within seconds, and no others', async () => {
  const [first, second] = [
    await EventReader.open(`${live.url}/ending`),
    await EventReader.open(`${live.url}/ending`),
  ];
  const other = await follow();
  await live.tick();
  await first.read('change', 1);
  await live.records.sessions.end(SESSION);
  for (let count = 0; count < 5; count += 1) await live.tick();
  await Promise.all([first.over, second.over]);
  expect([first.answer.complete, second.answer.complete]).toEqual([true, true]);
  expect(live.streams.size).toBe(1);
  await other.read('change', 6);
});

test('while the store does not tell whether a session is over, its streams go on', async () => {
  const reader = await EventReader.open(`${live.url}/ending`);
  live.records.sessionsFail = true;
  for (let count = 0; count < 8; count += 1) await live.tick();
  await reader.read('change', 8);
  expect(live.records.lookUps).toBeGreaterThan(1);
});

test('without readers nothing is read', async () => {
  const reader = await follow();
  reader.hangUp();
  await expect.poll(() => live.streams.size).toBe(0);
  await live.tick();
  const before = live.reports.reads;
  await live.clock.advance(10_000);
  expect(live.reports.reads).toBe(before);
});

test('a stream is no held request, and none outlives the application', async () => {
  const readers = await Promise.all([follow(), follow()]);
  expect(live.app.get(HeldRequests).size).toBe(0);
  await live.app.close();
  await Promise.all(readers.map(({ over }) => over));
  expect(readers.map(({ answer }) => answer.complete)).toEqual([true, true]);
  expect(live.clock.pendingTimers).toBe(0);
});

test('while the service drains streams end with the next tick, and no other begins', async () => {
  const reader = await follow();
  live.app.get(Draining).begin();
  const answer = await fetch(`${live.url}/api/v1/events`);
  expect([answer.status, await answer.json()]).toMatchObject([503, { code: 'draining' }]);
  await live.tick();
  await reader.over;
  expect(reader.answer.complete).toBe(true);
});

test('HEAD is answered and over', async () => {
  const asking = request(`${live.url}/api/v1/events`, { method: 'HEAD', agent: false });
  asking.end();
  const [answer] = await once(asking, 'response');
  answer.resume();
  await once(answer, 'end');
  expect(live.streams.size).toBe(0);
});

test('the state is what the documentation says that it is', async () => {
  const document = SwaggerModule.createDocument(live.app, new DocumentBuilder().build());
  expect(Object.keys(document.paths['/api/v1/events']?.get?.responses ?? {})).toEqual([
    '200',
    '401',
    '403',
    '429',
    '503',
  ]);
  await live.limiter.setLimits('default', { maxConcurrency: 2, total: 1000, source: 'default' });
  await live.clock.advance(DEFAULT_RULES.intervalMs + DEFAULT_RULES.marginMs);
  const leaving = new AbortController();
  for (const shard of [0, 1, 2, null]) {
    const asked = { bot: 'default', shard, priority: 'normal' as const };
    const waiting = live.app.get(IdentifyQueue).wait(asked, leaving.signal);
    waiting.catch(() => undefined);
    await live.clock.settle();
  }
  await live.limiter.pause({ bot: 'default', bucket: 3, reason: 'r', by: 'b', durationMs: 9000 });
  await live.tick();
  const snapshot = await live.app.get(LiveState).snapshot();
  leaving.abort();
  expect(snapshot.bots).toMatchObject({
    default: {
      limits: { stale: true },
      permitsPerMinute: 2,
      waiting: 2,
      pauses: { 3: { dormant: true } },
      buckets: { 0: { head: { shard: 2 }, lastPermit: { shard: 0 }, reason: 'interval' } },
    },
  });
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  addFormats.default(ajv);
  const check = ajv.compile({
    $ref: '#/components/schemas/SnapshotBody',
    components: { schemas: closed(document.components?.schemas ?? {}) },
  });
  check(snapshot);
  expect(check.errors).toBeNull();
});

/** With no members but the documented. */
function closed(schemas: object): object {
  return Object.fromEntries(
    Object.entries(schemas).map(([name, schema]) => [
      name,
      { ...schema, additionalProperties: false },
    ]),
  );
}
