import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { Plugin } from 'vite';

/** Files of text; other pictures are compressed already. The service sends the page itself uncompressed. */
const TEXT = /\.(?:js|css|svg|json|map)$/;

/** A smaller file fits into one packet anyway. */
const MIN_BYTES = 1024;

/** Writes a `.br` and a `.gz` beside each file of the build, at the best compression, for clients that accept them. */
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

/** The gzipped content of a file; undefined for a file that the service sends uncompressed. */
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
