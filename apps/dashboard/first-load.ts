import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Plugin, Rollup } from 'vite';
import { gzipped } from './precompress.ts';

/** What the first page may weigh in all, in bytes of bodies as they are sent to who accepts gzip. */
const MAX_BYTES = 250 * 1000;

/** The page, and what is in no bundle: the icon that it names. */
const PAGE_AND_ICON = ['index.html', 'icon.svg'];

/**
 * What is loaded at once though not with the first file, by the modules that are in it, or the name of a file that is none of
 * the bundle's own: the page one comes to with its chart, and the stream of events.
 */
const LOADED_AT_ONCE = [
  'app/SignedInApp.tsx',
  'overview/OverviewPage.tsx',
  'throughput/ThroughputPanel.tsx',
  'throughput/ThroughputChart.tsx',
  'assets/feed-worker-',
];

/**
 * Says at the end of a build what the first page weighs. Fails it if that is too much, or if there is no file any more that
 * goes by one of the names here.
 */
export function firstLoad(): Plugin {
  return {
    name: 'first-load',
    apply: 'build',
    async writeBundle({ dir = '.' }, bundle) {
      const names = LOADED_AT_ONCE.flatMap((name) => {
        const files = Object.values(bundle).filter((output) => has(output, name));
        if (files.length === 0) this.error(`first-load.ts names ${name}, which is in no file.`);
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
          `The first load is ${kilobytes(total)}; at most ${kilobytes(MAX_BYTES)} is right.`,
        );
      }
    },
  };
}

function has(output: Rollup.OutputChunk | Rollup.OutputAsset, name: string): boolean {
  if (output.fileName.startsWith(name)) return true;
  return output.type === 'chunk' && output.moduleIds.some((id) => id.endsWith(`/${name}`));
}

/** The entries' files and these, each with all that it imports. */
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
