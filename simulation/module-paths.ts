import { registerHooks } from 'node:module';
import { pathToFileURL } from 'node:url';
import { resolve } from 'node:path';
import { readFileSync } from 'node:fs';

/** Preloaded by `npm run simulate`: Node strips the types by itself, but does not look into tsconfig.json for paths. */
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
