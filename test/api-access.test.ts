import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';

import { afterAll, beforeAll, expect, test } from 'vitest';

import { startFakeDiscord, type FakeDiscord } from './support/discord/index.ts';
import { makeDataDir, removeDataDirs } from './support/held/data-dirs.ts';
import { accessOf, type Verdict, verdictOf } from './support/openapi/access-rule.ts';
import { answerFaults, codeOf, parsed } from './support/openapi/answer-faults.ts';
import { Callers } from './support/openapi/callers.ts';
import { secretOf } from './support/openapi/canary.ts';
import { type ApiDocument, type Operation, readDocument } from './support/openapi/document.ts';
import { type Answer, Exchange } from './support/openapi/exchange.ts';
import { type Credentials, CREDENTIALS } from './support/openapi/plan.ts';
import { type Given, sampleOf } from './support/openapi/sample-request.ts';
import { Stage } from './support/openapi/stage.ts';
import { visibleState } from './support/openapi/visible-state.ts';
import { startService, type Service } from './support/service.ts';

/** All that anybody may call. */
const PUBLIC = ['GET /health/live', 'GET /health/ready', 'POST /api/v1/session'];

const BOTS = [
  { name: 'default', token: secretOf('default'), maxConcurrency: 64 },
  { name: 'spent', token: secretOf('spent'), remaining: 0 },
];

/** Streams end when the client has seen that they begin. */
const EXCHANGE = { patienceMs: 20_000, lastWords: '\n\n' };

const callers = new Callers();

let discord: FakeDiscord;
let service: Service;
let document: ApiDocument;
let exchange: Exchange;
let stage: Stage;
beforeAll(async () => {
  discord = await startFakeDiscord({ bots: BOTS });
  const dataDir = await makeDataDir();
  const botsFile = join(dataDir, 'bots.json');
  await writeFile(botsFile, JSON.stringify(BOTS.map(({ name, token }) => ({ id: name, token }))));
  service = await startService({
    ...settings(),
    DATA_DIR: dataDir,
    BOTS_FILE: botsFile,
    DISCORD_API_URL: discord.url,
  });
  document = await readDocument(service.url);
  exchange = new Exchange(service.url, 8);
  stage = new Stage(service.url, document, callers, { giving: 'default', waiting: 'spent' });
});
afterAll(async () => {
  stage.leave();
  exchange.close();
  await service.kill();
  await discord.close();
  await removeDataDirs();
});

test('only these are for everybody, and for operators is all of /api/v1', () => {
  const open = document.operations.filter((one) => accessOf(one) === 'public');
  expect(open.map(({ name }) => name).toSorted()).toEqual(PUBLIC);
  const ofOperators = document.operations.filter(({ schemes }) => schemes.includes('admin'));
  expect(ofOperators.filter(({ schemes }) => !schemes.includes('session'))).toEqual([]);
  const below = document.operations.filter(({ path }) => path.startsWith('/api/v1/'));
  expect(below.filter((one) => !ofOperators.includes(one)).map(({ name }) => name)).toEqual([
    'POST /api/v1/session',
  ]);
});

test('every operation lets in whom it should, and who is not let in changes nothing', async () => {
  const faults: string[] = [];
  for (const operation of withHeads(document.operations)) {
    const of = (verdict: (is: Verdict) => boolean): Credentials[] =>
      CREDENTIALS.filter((who) => verdict(verdictOf(operation, who)));

    const given = await stage.set(operation);
    await callers.logIn(service.url);
    const before = await visibleState(stage, ['default', 'spent']);
    for (const who of of((is) => is !== 'let in')) {
      faults.push(...(await faultsOf(operation, given, who)));
    }
    const after = await visibleState(stage, ['default', 'spent']);
    if (!isDeepStrictEqual(after, before)) faults.push(`${operation.name} changes something`);

    for (const who of of((is) => is === 'let in')) {
      // What is done may be done once only, as logging out is.
      const anew = await stage.set(operation);
      await callers.logIn(service.url);
      faults.push(...(await faultsOf(operation, anew, who)));
    }
  }
  expect(faults).toEqual([]);
});

test('what takes an operator says so in the document, and what a viewer may do does not', () => {
  const wrong = document.operations.filter(
    (operation) => saysForbidden(operation) !== (accessOf(operation) === 'operator'),
  );
  expect(wrong.map(({ name }) => name)).toEqual([]);
});

test('a session that was logged out lets nobody in', async () => {
  await callers.logIn(service.url);
  const ended = callers.headersOf('operator-session');
  const logout = { method: 'DELETE', target: '/api/v1/session', headers: ended };
  expect(await exchange.ask(logout, EXCHANGE)).toMatchObject({ status: 204 });
  expect(await strangerFaults(service.url, exchange, ended)).toEqual([]);
});

test('nor does one that has expired', async () => {
  const shortly = await startService(
    { ...settings(), SESSION_TTL_MS: '1', IDENTIFY_INTERVAL_MS: '1' },
    { probe: 'live' },
  );
  const other = new Exchange(shortly.url, 8);
  try {
    await callers.logIn(shortly.url);
    const expired = callers.headersOf('operator-session');
    const look = { method: 'GET', target: '/api/v1/session', headers: expired };
    let status: number | undefined = 200;
    while (status === 200) status = (await other.ask(look, EXCHANGE))?.status;
    expect(status).toBe(401);
    expect(await strangerFaults(shortly.url, other, expired)).toEqual([]);
  } finally {
    other.close();
    await shortly.kill();
  }
});

test('ten wrong tokens lock their address out, whatever they are tried on, and no other', async () => {
  const operations = document.operations.filter((one) => one.schemes.includes('admin'));
  const from = '198.51.100.7';
  const wrong = operations.slice(0, 12);
  const answers = await askInOrder(wrong, callers.headersOf('wrong', from));
  const statuses = answers.map(({ status }) => status);
  expect(statuses).toEqual([...Array.from({ length: 10 }, () => 401), 429, 429]);

  // With the right one, too.
  const locked = await askInOrder(operations, callers.headersOf('operator', from));
  expect(new Set(locked.map(({ body }) => codeOf(parsed(body))))).toEqual(
    new Set(['too-many-attempts']),
  );
  const inSeconds = locked.map(({ headers }) => Number(headers['retry-after']));
  expect(inSeconds.filter((seconds) => !(seconds > 0 && seconds <= 60))).toEqual([]);

  const elsewhere = callers.headersOf('viewer', '198.51.100.8');
  const look = { method: 'GET', target: '/api/v1/session', headers: elsewhere };
  expect(await exchange.ask(look, EXCHANGE)).toMatchObject({ status: 200 });
});

/** @returns the answers, which are as documented */
async function askInOrder(
  operations: readonly Operation[],
  headers: Readonly<Record<string, string>>,
): Promise<Answer[]> {
  const answers: Answer[] = [];
  for (const operation of operations) {
    const given = await stage.set(operation);
    const answer = await exchange.ask(sampleOf(operation, given, headers), EXCHANGE);
    if (answer === undefined) throw new Error(`${operation.name} was not answered`);
    const faults = answerFaults(operation, answer);
    if (faults.length > 0) throw new Error(`${operation.name}: ${faults.join()}`);
    answers.push(answer);
  }
  return answers;
}

function saysForbidden({ responses }: Operation): boolean {
  const content = responses['403']?.content?.['application/problem+json'];
  return 'forbidden' in (content?.examples ?? {});
}

function settings(): Record<string, string> {
  return {
    ADMIN_TOKENS: callers.adminTokens,
    QUEUE_TOKEN: callers.queueToken,
    IDENTIFY_INTERVAL_MS: '1',
    IDENTIFY_MARGIN_MS: '0',
    // No permit becomes another one while its state is compared.
    CONFIRM_TIMEOUT_MS: '3600000',
    SESSION_RESERVE: '0',
    STORM_BELOW: '0',
    TRUST_PROXY: 'true',
  };
}

/** Where there is a GET of operators there is a HEAD, which nobody documents. */
function withHeads(operations: readonly Operation[]): Operation[] {
  return operations.flatMap((operation) => {
    const { method, path } = operation;
    if (method !== 'GET' || !path.startsWith('/api/')) return [operation];
    return [operation, { ...operation, method: 'HEAD', name: `HEAD ${path}` }];
  });
}

let addresses = 0;

/** Another one each time, so that nobody is locked out for the wrong tokens of others. */
function newAddress(): string {
  addresses += 1;
  return `10.0.${addresses >> 8}.${addresses & 0xff}`;
}

async function faultsOf(operation: Operation, given: Given, who: Credentials): Promise<string[]> {
  const headers = callers.headersOf(who, newAddress());
  const answer = await exchange.ask(sampleOf(operation, given, headers), EXCHANGE);
  return judge(operation, verdictOf(operation, who), answer).map(
    (fault) => `${operation.name} as ${who}: ${fault}`,
  );
}

/** What is wrong where somebody with a session that counts for nothing asks for everything. */
async function strangerFaults(
  url: string,
  over: Exchange,
  headers: Readonly<Record<string, string>>,
): Promise<string[]> {
  const { operations } = await readDocument(url);
  const faults: string[] = [];
  for (const operation of withHeads(operations)) {
    // Nothing of this is there, which is not looked at before it is known who asks.
    const given = {
      waiter: 'nobody',
      id: 'none',
      token: callers.operatorToken,
    };
    const answer = await over.ask(sampleOf(operation, given, headers), EXCHANGE);
    const verdict = accessOf(operation) === 'public' ? 'let in' : 'unauthorized';
    const found = judge(operation, verdict, answer);
    faults.push(...found.map((fault) => `${operation.name}: ${fault}`));
  }
  return faults;
}

function judge(operation: Operation, verdict: Verdict, answer: Answer | undefined): string[] {
  if (answer === undefined) return ['there was no answer'];
  const faults = [...answerFaults(operation, answer)];
  const { body, headers, status } = answer;
  if (verdict === 'let in') {
    if (status >= 300) faults.push(`was answered ${status} ${body}`);
    return faults;
  }
  if (status !== (verdict === 'unauthorized' ? 401 : 403)) faults.push(`was answered ${status}`);
  if (operation.method !== 'HEAD' && codeOf(parsed(body)) !== verdict) faults.push(body);
  if (status === 401 && headers['www-authenticate'] !== 'Bearer') {
    faults.push('it is not said which credentials are asked for');
  }
  return faults;
}
