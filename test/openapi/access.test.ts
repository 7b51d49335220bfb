import { isDeepStrictEqual } from 'node:util';

import { afterAll, beforeAll, expect, test } from 'vitest';

import { accessFaults, withHeads } from '../support/openapi/access-faults.ts';
import { accessOf, type Verdict, verdictOf } from '../support/openapi/access-rule.ts';
import { Callers } from '../support/openapi/callers.ts';
import { type ApiDocument, type Operation, readDocument } from '../support/openapi/document.ts';
import { Exchange } from '../support/openapi/exchange.ts';
import { type Credentials, CREDENTIALS } from '../support/openapi/plan.ts';
import { type Given, sampleOf } from '../support/openapi/sample-request.ts';
import { ServedApi } from '../support/openapi/served-api.ts';
import { Prerequisites } from '../support/openapi/prerequisites.ts';
import { visibleState } from '../support/openapi/visible-state.ts';

/** All public operations. */
const PUBLIC = ['GET /health/live', 'GET /health/ready', 'POST /api/v1/session'];

/** Streams end when the client has seen that they begin. */
const EXCHANGE = { patienceMs: 20_000, lastWords: '\n\n' };

const callers = new Callers();

let api: ServedApi;
let document: ApiDocument;
let exchange: Exchange;
let prerequisites: Prerequisites;
beforeAll(async () => {
  // No permit becomes another one while its state is compared, and each has a bucket of its own.
  api = await ServedApi.start(callers, 64, { CONFIRM_TIMEOUT_MS: '3600000' });
  document = await readDocument(api.service.url);
  exchange = new Exchange(api.service.url, 8);
  prerequisites = new Prerequisites(api.service.url, document, callers);
});
afterAll(async () => {
  prerequisites.leave();
  exchange.close();
  await api.end();
});

test('only the listed operations are public, and all of /api/v1 is for operators', () => {
  const open = document.operations.filter((one) => accessOf(one) === 'public');
  expect(open.map(({ name }) => name).toSorted()).toEqual(PUBLIC);
  const ofOperators = document.operations.filter(({ schemes }) => schemes.includes('admin'));
  expect(ofOperators.filter(({ schemes }) => !schemes.includes('session'))).toEqual([]);
  const below = document.operations.filter(({ path }) => path.startsWith('/api/v1/'));
  expect(below.filter((one) => !ofOperators.includes(one)).map(({ name }) => name)).toEqual([
    'POST /api/v1/session',
  ]);
});

test('each operation lets in the callers that it should, and a refused caller changes nothing', async () => {
  const faults: string[] = [];
  for (const operation of withHeads(document.operations)) {
    const of = (verdict: (is: Verdict) => boolean): Credentials[] =>
      CREDENTIALS.filter((who) => verdict(verdictOf(operation, who)));

    const given = await prerequisites.make(operation);
    await callers.logIn(api.service.url);
    const before = await visibleState(prerequisites);
    for (const who of of((is) => is !== 'let in')) {
      faults.push(...(await faultsOf(operation, given, who)));
    }
    const after = await visibleState(prerequisites);
    if (!isDeepStrictEqual(after, before)) faults.push(`${operation.name} changes something`);

    for (const who of of((is) => is === 'let in')) {
      // What is done may be done once only, as logging out is.
      const anew = await prerequisites.make(operation);
      await callers.logIn(api.service.url);
      faults.push(...(await faultsOf(operation, anew, who)));
    }
  }
  expect(faults).toEqual([]);
});

test('the document marks the operations that need an operator, and no others', () => {
  const wrong = document.operations.filter(
    (operation) => saysForbidden(operation) !== (accessOf(operation) === 'operator'),
  );
  expect(wrong.map(({ name }) => name)).toEqual([]);
});

function saysForbidden({ responses }: Operation): boolean {
  const content = responses['403']?.content?.['application/problem+json'];
  return 'forbidden' in (content?.examples ?? {});
}

let addresses = 0;

/** Another address each time, so that no caller is locked out for the wrong tokens of others. */
function newAddress(): string {
  addresses += 1;
  return `10.0.${addresses >> 8}.${addresses & 0xff}`;
}

async function faultsOf(operation: Operation, given: Given, who: Credentials): Promise<string[]> {
  const headers = callers.headersOf(who, newAddress());
  const answer = await exchange.ask(sampleOf(operation, given, headers), EXCHANGE);
  return accessFaults(operation, verdictOf(operation, who), answer).map(
    (fault) => `${operation.name} as ${who}: ${fault}`,
  );
}
