import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { startService, type Service } from '../support/service/service.ts';
import { Connection } from '../support/http/connection.ts';
import { permit } from '../support/queue/expected.ts';
import { isWellFormed, randomQuery, ROOT_PARAMETERS } from '../support/queue/random-query.ts';

let service: Service;
let connection: Connection;
beforeAll(async () => {
  service = await startService({ IDENTIFY_INTERVAL_MS: '1', IDENTIFY_MARGIN_MS: '0' });
  connection = await Connection.open(service.url);
});
afterAll(() => service.kill());

test('a random query is either held for a permit or refused, by the documented rules', async () => {
  await fc.assert(
    fc.asyncProperty(randomQuery(ROOT_PARAMETERS), async (text) => {
      connection.send({ target: `/?${text}` });
      const answer = await connection.answer();
      expect(answer).toMatchObject(
        isWellFormed(text, ROOT_PARAMETERS) ? permit() : { status: 400 },
      );
    }),
    { numRuns: 800 },
  );
});
