import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Plugin, Rollup } from 'vite';
import { gzipped } from './precompress.ts';

/** The maximum size of the first load: all response bodies together, with gzip, in bytes. */
const MAX_BYTES = 250 * 1000;

/** The page and its icon, which are not in the bundle. */
const PAGE_AND_ICON = ['index.html', 'icon.svg'];

/**
 * What the overview loads at once besides the entry: its pages and chart, each by a module in the file, and the worker of the
 * event stream, by the beginning of its file's name.
 */
const LOADED_AT_ONCE = [
  'app/SignedInApp.tsx',
  'overview/OverviewPage.tsx',
  'throughput/ThroughputPanel.tsx',
  'throughput/ThroughputChart.tsx',
  'assets/feed-worker-',
];

/**
 * Prints the size of the first load at the end of a build. Fails the build if the size is above MAX_BYTES, or if no file
 * matches one of the names above.
 */
export function firstLoad(): Plugin {
  return {
    name: 'first-load',
    apply: 'build',
    async writeBundle({ dir = '.' }, bundle) {
      const names = LOADED_AT_ONCE.flatMap((name) => {
        const files = Object.values(bundle).filter((output) => has(output, name));
        if (files.length === 0) this.error(`first-load.ts names ${name}, but no file contains it.`);
        return files.map(({ fileName }) => fileName);
      });
      const files = [...filesOfFirstLoad(bundle, names), ...PAGE_AND_ICON];
      const sizes = await Promise.all(
        files.map(async (file) => ({ file, bytes: await bytesAsSent(join(dir, file)) })),
      );
      const total = sizes.reduce((sum, { bytes }) => sum + bytes, 0);
      const lines = sizes.map(({ file, bytes }) => `  ${kilobytes(bytes).padStart(9)}  ${file}`);
      this.info(`first load, gzip: ${kilobytes(total)}\n${lines.join('\n')}`);
      if (total > MAX_BYTES) {
        this.error(
          `The first load is ${kilobytes(total)}; it may be at most ${kilobytes(MAX_BYTES)}.`,
        );
      }
    },
  };
}

function has(output: Rollup.OutputChunk | Rollup.OutputAsset, name: string): boolean {
  if (output.fileName.startsWith(name)) return true;
  return output.type === 'chunk' && output.moduleIds.some((id) => id.endsWith(`/${name}`));
}

/** The entry files and the named files, each with everything that it imports. */
function filesOfFirstLoad(bundle: Rollup.OutputBundle, names: readonly string[]): Set<string> {
  const files = new Set<string>();
  for (const output of Object.values(bundle)) {
    if (output.type === 'chunk' && output.isEntry) addWithImports(output.fileName, bundle, files);
  }
  for (const name of names) addWithImports(name, bundle, files);
  return files;
}

function addWithImports(file: string, bundle: Rollup.OutputBundle, files: Set<string>): void {
  const output = bundle[file];
  if (output === undefined || files.has(file)) return;
  files.add(file);
  if (output.type !== 'chunk') return;
  for (const style of output.viteMetadata?.importedCss ?? []) files.add(style);
  for (const imported of output.imports) addWithImports(imported, bundle, files);
}

async function bytesAsSent(path: string): Promise<number> {
  const content = await readFile(path);
  return ((await gzipped(path, content)) ?? content).length;
}

function kilobytes(bytes: number): string {
  return `${(bytes / 1000).toFixed(1)} kB`;
}
