import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { Callers } from '../support/openapi/callers.ts';
import { CANARY, secretOf } from '../support/openapi/canary.ts';
import { AskingShards } from '../support/openapi/asking-shards.ts';
import { type ApiDocument, type Operation, readDocument } from '../support/openapi/document.ts';
import { END_OF_EVENT, eventFaults } from '../support/openapi/event-faults.ts';
import type { Answer, ExchangeOptions } from '../support/openapi/exchange.ts';
import type { Faults } from '../support/openapi/json-schema.ts';
import { KnownValues } from '../support/openapi/known-values.ts';
import { learnFrom } from '../support/openapi/learn-from.ts';
import { plansOf } from '../support/openapi/plans.ts';
import { RandomRun } from '../support/openapi/random-run.ts';
import { resumeAll } from '../support/openapi/resume-all.ts';
import { GIVING, ServedApi, WAITING } from '../support/openapi/served-api.ts';
import type { Service } from '../support/service/service.ts';
import { V1Client } from '../support/v1/client.ts';

/** To see a run again: API_SEED=<seed> API_OPERATION='GET /health/live'. */
const SEED = Number(process.env['API_SEED'] ?? Math.floor(Math.random() * 2 ** 31));
const ONLY = process.env['API_OPERATION'];

/** How many requests at least, at so many at a time as there are operations, over so many connections. */
const REQUESTS = 20_000;
const CONNECTIONS = 16;

const EVENTS = 'GET /api/v1/events';
const IDENTIFY = 'POST /v1/identify';

/** Requests of these may be held for ever: there are fewer of them, and the client hangs up. */
const HELD: Readonly<Record<string, ExchangeOptions & { readonly runs: number }>> = {
  '/': { runs: 120, patienceMs: 100 },
  '/v1/identify': { runs: 500, patienceMs: 50 },
  '/api/v1/events': { runs: 60, patienceMs: 5000, lastWords: END_OF_EVENT },
};

/** Shards that ask all the time: some have nothing but to wait, others have permits to be confirmed. */
const SHARD_QUERIES = [
  ...[0, 1, 2, 3, 4, 5].map((shard) => `bot=${WAITING}&shard=${shard}&maxWaitMs=3600000`),
  ...[2, 3].map((shard) => `bot=${GIVING}&shard=${shard}&maxWaitMs=500&confirm=true`),
];

/** No other answer takes that long. */
const PATIENCE: ExchangeOptions = { patienceMs: 20_000 };

const callers = new Callers();
let api: ServedApi;
let service: Service;
beforeAll(async () => {
  api = await ServedApi.start(callers, 4, { CONFIRM_TIMEOUT_MS: '1000', LOG_LEVEL: 'trace' });
  service = api.service;
});
afterAll(() => api.end());

test('random requests to the API are answered as its document says, without a secret', async () => {
  const document = await readDocument(service.url);
  await callers.logIn(service.url);
  const known = new KnownValues({
    bot: [GIVING, WAITING],
    bucket: ['0', '1'],
    id: [],
    waiter: [],
    before: [],
    after: [],
    'If-Match': [],
  });
  const identify = operationNamed(document, IDENTIFY);
  const asking = new AskingShards(
    service.url,
    identify,
    callers.headersOf('queue'),
    SHARD_QUERIES,
    (answer) => learnFrom(identify, answer, known),
  );
  const run = new RandomRun({
    url: service.url,
    connections: CONNECTIONS,
    known,
    credentials: (who, from) => callers.headersOf(who, from),
    exchange: ({ path }) => HELD[path] ?? PATIENCE,
    isHeld: ({ path }) => path in HELD,
    onAnswer: (operation, answer) => seen(document, operation, answer, known),
  });
  const failures = await playAll(run, document, known);
  run.close();
  asking.leave();
  console.info(`${run.tally.requests} requests, API_SEED=${SEED}\n${run.tally.toString()}`);

  expect(failures.join('\n\n')).toBe('');
  expect(asking.faults).toEqual([]);
  expect(run.tally.requests).toBeGreaterThanOrEqual(ONLY === undefined ? REQUESTS : 1);
  // Whatever the method, `/` is one route; requests there are few.
  const undone = run.tally.neverDone().filter((name) => ONLY === undefined && !name.endsWith(' /'));
  expect(undone).toEqual([]);

  // The service has survived, and shards go on.
  await resumeAll(service.url, callers.headersOf('operator'));
  const shards = new V1Client(service.url, callers.headersOf('queue'));
  expect(await shards.identify({ shard: 1, maxWaitMs: 20_000 })).toMatchObject({ status: 200 });
  expect(await service.stop()).toBe(0);
  expect(service.logs.filter(({ level }) => level === 'error' || level === 'fatal')).toEqual([]);
  expect(service.output().split('\n').filter(tellsSecret)).toEqual([]);
});

/** Whether a line of the log has a token in it, or the secret of a session. */
function tellsSecret(line: string): boolean {
  const likeSecrets = line.match(/[\w-]{43}/g) ?? [];
  return line.includes(CANARY) || likeSecrets.some((text) => callers.sessions.includes(text));
}

/** All operations at the same time, each request by request. @returns what failed */
async function playAll(
  run: RandomRun,
  { operations }: ApiDocument,
  known: KnownValues,
): Promise<string[]> {
  const held = operations.flatMap(({ path }) => HELD[path]?.runs ?? []);
  const others = operations.length - held.length;
  const rest = REQUESTS - held.reduce((sum, runs) => sum + runs, 0);
  const played = operations.filter(({ name }) => ONLY === undefined || ONLY === name);
  const options = {
    isKnown: (name: string) => known.has(name),
    meant: {
      token: fc.constantFrom(callers.operatorToken, callers.viewerToken, secretOf('nobody')),
    },
  };
  const ends = await Promise.allSettled(
    played.map((operation) =>
      fc.assert(
        fc.asyncProperty(plansOf(operation, options), (plan) => run.play(operation, plan)),
        { seed: SEED, numRuns: HELD[operation.path]?.runs ?? Math.ceil(rest / others) },
      ),
    ),
  );
  return ends.flatMap((end, index) =>
    end.status === 'rejected' ? [`${played[index]?.name}: ${textOf(end.reason)}`] : [],
  );
}

async function seen(
  { schemas }: ApiDocument,
  operation: Operation,
  answer: Answer,
  known: KnownValues,
): Promise<Faults> {
  learnFrom(operation, answer, known);
  callers.noteSession(answer.headers['set-cookie']);
  // Else no caller would be logged in for the rest of the run.
  if (operation.name === 'DELETE /api/v1/session' && answer.status === 204) {
    await callers.logIn(service.url);
  }
  // Of those that are in use; in the log all of them are looked for.
  const sessions = callers.sessions.slice(-10);
  const faults = sessions.some((secret) => answer.body.includes(secret))
    ? ['a session is told']
    : [];
  const { SnapshotBody } = schemas;
  const isStream = operation.name === EVENTS && answer.status === 200;
  return isStream && SnapshotBody !== undefined
    ? [...faults, ...eventFaults(answer.body, SnapshotBody)]
    : faults;
}

function operationNamed({ operations }: ApiDocument, name: string): Operation {
  const found = operations.find((operation) => operation.name === name);
  if (found === undefined) throw new Error(`${name} is not documented`);
  return found;
}

/** What fast-check says of a failure, and what it was. */
function textOf(reason: unknown): string {
  if (!(reason instanceof Error)) return String(reason);
  return reason.cause === undefined ? reason.message : `${reason.message}\n${textOf(reason.cause)}`;
}
