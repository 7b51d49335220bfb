import * as fc from 'fast-check';

import { CANARY } from './canary.ts';
import type { PlannedText } from './plan.ts';
import { anyTextOrSecret } from './any-values.ts';

type Pair = readonly [name: string, value: PlannedText];

/** What no operation knows, and some clients send. */
export const unknownParameters = rarely(
  fc.tuple(
    fc.constantFrom(
      'token',
      'access_token',
      '__proto__',
      'constructor',
      'then',
      '',
      'bot[]',
      'x.y',
    ),
    anyTextOrSecret,
  ),
);

/** Headers that play no part, and such as browsers and proxies send. */
export const ignoredHeaders = rarely(
  fc.oneof(
    fc.tuple(
      // Not User-Agent: the log names the agent of a client that keeps taking permits without a shard.
      fc.constantFrom(
        'X-Request-Id',
        'Accept-Language',
        'Referer',
        'Origin',
        'X-Token',
        'Forwarded',
      ),
      fc.constant(CANARY),
    ),
    fc.constantFrom<(readonly [string, string])[]>(
      ['Accept', 'text/html'],
      ['Accept', 'x'],
      ['Accept-Encoding', 'gzip, br'],
      ['Range', 'bytes=0-1'],
      ['If-None-Match', '*'],
      ['If-Modified-Since', 'Thu, 01 Jan 2037 00:00:00 GMT'],
      ['X-HTTP-Method-Override', 'DELETE'],
      ['Content-Encoding', 'gzip'],
      ['Accept-Language', 'x'.repeat(8000)],
    ),
  ),
);

function rarely(
  pair: fc.Arbitrary<readonly [name: string, text: string]>,
): fc.Arbitrary<readonly Pair[]> {
  const planned = pair.map(([name, text]): Pair => [name, { text }]);
  return fc.oneof(
    { weight: 8, arbitrary: fc.constant<Pair[]>([]) },
    fc.array(planned, { minLength: 1, maxLength: 3 }),
  );
}
