import { readFile } from 'node:fs/promises';
import openapiTS, { astToString, COMMENT_HEADER } from 'openapi-typescript';
import { expect, test } from 'vitest';

const DOCUMENT = new URL('../../../../docs/openapi.json', import.meta.url);
const TYPES = new URL('types.ts', import.meta.url);

test('the types are those of docs/openapi.json; npm run generate:api-types makes them anew', async () => {
  const made = COMMENT_HEADER + astToString(await openapiTS(DOCUMENT));
  expect((await readFile(TYPES, 'utf8')) === made).toBe(true);
}, 30_000);
