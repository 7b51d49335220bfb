import type { WebSocketManagerOptions } from '@discordjs/ws';
import { expectTypeOf, test } from 'vitest';

import { IdentifyClient, identifyThrottler, type FetchLike } from '../src/index.ts';

test('a throttler has the type of the option of @discordjs/ws', () => {
  expectTypeOf(identifyThrottler).returns.toExtend<
    WebSocketManagerOptions['buildIdentifyThrottler']
  >();
});

test('the global fetch and an AbortSignal have the types that the client takes', () => {
  const fitting: FetchLike = fetch;
  expectTypeOf(fitting).returns.resolves.toHaveProperty('body');
  expectTypeOf<AbortSignal>().toExtend<
    NonNullable<Parameters<IdentifyClient['identify']>[0]['signal']>
  >();
});
