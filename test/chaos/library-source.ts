import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';

/*
 * Lets Node import the libraries from source: it resolves their names by `paths` of tsconfig.json, and imports a file with
 * the suffix ?raw as text, as Vite does. Import this file before the libraries.
 */

const ROOT = new URL('../../', import.meta.url);

const { compilerOptions }: { compilerOptions: { paths: Record<string, [string]> } } = JSON.parse(
  readFileSync(new URL('tsconfig.json', ROOT), 'utf8'),
);

registerHooks({
  resolve(specifier, context, nextResolve) {
    const path = compilerOptions.paths[specifier]?.[0];
    return nextResolve(path === undefined ? specifier : new URL(path, ROOT).href, context);
  },
  load(url, context, nextLoad) {
    if (!url.endsWith('?raw')) return nextLoad(url, context);
    const text = readFileSync(new URL(url), 'utf8');
    const source = `export default ${JSON.stringify(text)};`;
    return { format: 'module', shortCircuit: true, source };
  },
});
