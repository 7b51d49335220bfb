import { registerHooks } from 'node:module';
import { pathToFileURL } from 'node:url';
import { resolve } from 'node:path';
import { readFileSync } from 'node:fs';

/** `npm run simulate` preloads this file. Node strips types by itself, but does not read `paths` from tsconfig.json. */
const ROOT = resolve(import.meta.dirname, '..');

const { compilerOptions }: { compilerOptions: { paths: Record<string, [string]> } } = JSON.parse(
  readFileSync(resolve(ROOT, 'tsconfig.json'), 'utf8'),
);

registerHooks({
  resolve(specifier, context, nextResolve) {
    const path = compilerOptions.paths[specifier]?.[0];
    return nextResolve(path ? pathToFileURL(resolve(ROOT, path)).href : specifier, context);
  },
});
