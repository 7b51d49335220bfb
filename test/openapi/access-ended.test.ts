import { afterAll, beforeAll, expect, test } from 'vitest';

import { accessFaults, withHeads } from '../support/openapi/access-faults.ts';
import { accessOf } from '../support/openapi/access-rule.ts';
import { answerFaults, codeOf, parsed } from '../support/openapi/answer-faults.ts';
import { Callers } from '../support/openapi/callers.ts';
import { type ApiDocument, type Operation, readDocument } from '../support/openapi/document.ts';
import { type Answer, Exchange } from '../support/openapi/exchange.ts';
import { sampleOf } from '../support/openapi/sample-request.ts';
import { settingsFor } from '../support/openapi/served-api.ts';
import { startService, type Service } from '../support/service/service.ts';

/** Streams end when the client has seen that they begin. */
const EXCHANGE = { patienceMs: 20_000, lastWords: '\n\n' };

const callers = new Callers();

/** Nothing of this is there, which is not looked at before it is known who asks. */
const GIVEN = { waiter: 'nobody', id: 'none', token: callers.operatorToken };

let service: Service;
let document: ApiDocument;
let exchange: Exchange;
beforeAll(async () => {
  service = await startService(settingsFor(callers));
  document = await readDocument(service.url);
  exchange = new Exchange(service.url, 8);
});
afterAll(async () => {
  exchange.close();
  await service.kill();
});

test('a session that was logged out opens no route', async () => {
  await callers.logIn(service.url);
  const ended = callers.headersOf('operator-session');
  const logout = { method: 'DELETE', target: '/api/v1/session', headers: ended };
  expect(await exchange.ask(logout, EXCHANGE)).toMatchObject({ status: 204 });
  expect(await strangerFaults(exchange, ended)).toEqual([]);
});

test('a session that has expired opens no route', async () => {
  const shortly = await startService(
    { ...settingsFor(callers), SESSION_TTL_MS: '1' },
    { probe: 'live' },
  );
  const other = new Exchange(shortly.url, 8);
  try {
    await callers.logIn(shortly.url);
    const expired = callers.headersOf('operator-session');
    const readSession = { method: 'GET', target: '/api/v1/session', headers: expired };
    let status: number | undefined = 200;
    while (status === 200) status = (await other.ask(readSession, EXCHANGE))?.status;
    expect(status).toBe(401);
    expect(await strangerFaults(other, expired)).toEqual([]);
  } finally {
    other.close();
    await shortly.kill();
  }
});

test('ten wrong tokens, on whatever route, lock their address out, and no other address', async () => {
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
  const readSession = { method: 'GET', target: '/api/v1/session', headers: elsewhere };
  expect(await exchange.ask(readSession, EXCHANGE)).toMatchObject({ status: 200 });
});

/** @returns the answers, which are as documented */
async function askInOrder(
  operations: readonly Operation[],
  headers: Readonly<Record<string, string>>,
): Promise<Answer[]> {
  const answers: Answer[] = [];
  for (const operation of operations) {
    const answer = await exchange.ask(sampleOf(operation, GIVEN, headers), EXCHANGE);
    if (answer === undefined) throw new Error(`${operation.name} was not answered`);
    const faults = answerFaults(operation, answer);
    if (faults.length > 0) throw new Error(`${operation.name}: ${faults.join()}`);
    answers.push(answer);
  }
  return answers;
}

/** What is wrong when a caller with an invalid session asks for each operation. */
async function strangerFaults(
  over: Exchange,
  headers: Readonly<Record<string, string>>,
): Promise<string[]> {
  const faults: string[] = [];
  for (const operation of withHeads(document.operations)) {
    const answer = await over.ask(sampleOf(operation, GIVEN, headers), EXCHANGE);
    const verdict = accessOf(operation) === 'public' ? 'let in' : 'unauthorized';
    const found = accessFaults(operation, verdict, answer);
    faults.push(...found.map((fault) => `${operation.name}: ${fault}`));
  }
  return faults;
}
