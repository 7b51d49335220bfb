import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { Plugin } from 'vite';

/** What is made of text; pictures that are no text are as small as they get. The page itself the service sends as it is. */
const TEXT = /\.(?:js|css|svg|json|map)$/;

/** Below this many bytes a packet holds it all anyway. */
const MIN_BYTES = 1024;

/** Writes beside each file of the build what the service sends in its place to who accepts it: `.br` and `.gz`, as small as can be. */
export function precompress(): Plugin {
  return {
    name: 'precompress',
    apply: 'build',
    async writeBundle({ dir }, bundle) {
      if (dir === undefined) return;
      await Promise.all(Object.keys(bundle).map((name) => compress(join(dir, name))));
    },
  };
}

/** What is sent in a file's place to who accepts gzip; undefined for one that is sent as it is. */
export async function gzipped(path: string, content: Buffer): Promise<Buffer | undefined> {
  if (!TEXT.test(path) || content.length < MIN_BYTES) return undefined;
  return promisify(gzip)(content, { level: constants.Z_BEST_COMPRESSION });
}

async function compress(path: string): Promise<void> {
  const content = await readFile(path);
  const gz = await gzipped(path, content);
  if (gz === undefined) return;
  const params = { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY };
  await writeFile(`${path}.br`, await promisify(brotliCompress)(content, { params }));
  await writeFile(`${path}.gz`, gz);
}
