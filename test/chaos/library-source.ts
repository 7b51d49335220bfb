import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';

/*
 * The libraries for programs that Node runs as they are: their names are paths of tsconfig.json, and what
 * ends with ?raw is text, as Vite has it. To be imported before whatever needs them.
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
