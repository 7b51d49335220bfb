import type { WebSocketManagerOptions } from '@discordjs/ws';
import { expectTypeOf, test } from 'vitest';

import { IdentifyClient, identifyThrottler, type FetchLike } from '../src/index.ts';

test('a throttler fits the option of @discordjs/ws as it is', () => {
  expectTypeOf(identifyThrottler).returns.toExtend<
    WebSocketManagerOptions['buildIdentifyThrottler']
  >();
});

test('the global fetch fits, and an AbortSignal does', () => {
  const fitting: FetchLike = fetch;
  expectTypeOf(fitting).returns.resolves.toHaveProperty('body');
  expectTypeOf<AbortSignal>().toExtend<
    NonNullable<Parameters<IdentifyClient['identify']>[0]['signal']>
  >();
});
