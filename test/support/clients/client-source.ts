import { readFileSync } from 'node:fs';
import { registerHooks, stripTypeScriptTypes } from 'node:module';

/*
 * The client library for programs that Node runs as they are: its source has parameter properties, which
 * Node does not take away by itself.
 */
const hooks = registerHooks({
  load(url, context, nextLoad) {
    if (!url.includes('/libs/client/src/')) return nextLoad(url, context);
    const text = readFileSync(new URL(url), 'utf8');
    return {
      format: 'module',
      shortCircuit: true,
      source: stripTypeScriptTypes(text, { mode: 'transform', sourceUrl: url }),
    };
  },
});

export const { identifyThrottler } = await import('../../../libs/client/src/index.ts');
hooks.deregister();
