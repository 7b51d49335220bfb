import { join } from 'node:path';
import { format } from 'oxfmt';
import { expect, test } from 'vitest';
import formatting from '../../../../.oxfmtrc.json' with { type: 'json' };
import { documentOf } from './document.ts';
import { previewApplication } from './testing/preview.ts';

const FILE = join(import.meta.dirname, '../../../../docs/openapi.json');

test('docs/openapi.json is what the code says; npm run openapi writes it', async () => {
  const app = await previewApplication();
  const document = JSON.stringify(documentOf(app));
  await app.close();
  const { printWidth, singleQuote } = formatting;
  const { code, errors } = await format(FILE, document, { printWidth, singleQuote });
  expect(errors).toEqual([]);
  await expect(code).toMatchFileSnapshot(FILE);
});
