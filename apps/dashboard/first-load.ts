import { gzipSync } from 'node:zlib';
import type { Plugin, Rollup } from 'vite';

/** What the first page may weigh in all, in bytes as they are sent. */
const MOST_BYTES = 250 * 1000;

/** What is loaded at once though not with the first file: the page one comes to with its chart, and the stream of events. */
const LOADED_AT_ONCE =
  /^assets\/(SignedInApp|OverviewPage|ThroughputPanel|ThroughputChart|feed-worker)-/;

/** Says at the end of a build what the first page weighs, compressed; fails it if that is too much. */
export function firstLoad(): Plugin {
  return {
    name: 'first-load',
    apply: 'build',
    generateBundle(_options, bundle) {
      const files = filesOfFirstLoad(bundle);
      const sizes = files.map((file) => ({ file, bytes: compressedBytes(bundle, file) }));
      const total = sizes.reduce((sum, { bytes }) => sum + bytes, 0);
      const lines = sizes.map(({ file, bytes }) => `  ${kilobytes(bytes).padStart(9)}  ${file}`);
      this.info(`first load, gzip: ${kilobytes(total)}\n${lines.join('\n')}`);
      if (total > MOST_BYTES) {
        this.error(
          `The first load is ${kilobytes(total)}; at most ${kilobytes(MOST_BYTES)} is right.`,
        );
      }
    },
  };
}

function filesOfFirstLoad(bundle: Rollup.OutputBundle): string[] {
  const files = new Set<string>();
  for (const output of Object.values(bundle)) {
    const isEntry = output.type === 'chunk' && output.isEntry;
    if (isEntry || LOADED_AT_ONCE.test(output.fileName)) {
      addWithImports(output.fileName, bundle, files);
    }
  }
  return [...files];
}

function addWithImports(file: string, bundle: Rollup.OutputBundle, files: Set<string>): void {
  const output = bundle[file];
  if (output === undefined || files.has(file)) return;
  files.add(file);
  if (output.type !== 'chunk') return;
  for (const style of output.viteMetadata?.importedCss ?? []) files.add(style);
  for (const imported of output.imports) addWithImports(imported, bundle, files);
}

function compressedBytes(bundle: Rollup.OutputBundle, file: string): number {
  const output = bundle[file];
  if (output === undefined) return 0;
  return gzipSync(output.type === 'chunk' ? output.code : output.source).length;
}

function kilobytes(bytes: number): string {
  return `${(bytes / 1000).toFixed(1)} kB`;
}
