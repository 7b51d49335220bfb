import { Logger } from '@nestjs/common';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { UnknownNames } from './unknown-names.ts';

const warn = vi.spyOn(Logger.prototype, 'warn');
let names: UnknownNames;
beforeEach(() => {
  names = new UnknownNames();
});
afterEach(() => {
  warn.mockReset();
});

function ask(query: Readonly<Record<string, string>>): void {
  const socket = { remoteAddress: '192.0.2.7' };
  names.seen({ query, headers: { 'user-agent': 'curl/8' }, ip: '192.0.2.7', socket });
}

const warned = (): unknown[] => warn.mock.calls.map(([members]: unknown[]) => members);

test('P12 an unknown name on / is warned of once, with what it probably meant and who sent it', () => {
  for (let index = 0; index < 3; index += 1) ask({ shardId: '1', bot: 'default' });
  ask({ shard: '1' });
  expect(warned()).toEqual([
    { parameter: 'shardId', meant: 'shard', address: '192.0.2.7', agent: 'curl/8' },
  ]);
});

test('a name that is given as well was not meant', () => {
  ask({ shard: '1', shard_id: '1' });
  expect(warned()).toEqual([expect.not.objectContaining({ meant: 'shard' })]);
});

test('what may be a secret is not logged in place of a name', () => {
  for (const name of ['x'.repeat(33), 'a b', '{"token":"s3cret"}', '1s3cret', 's3cret\n']) {
    ask({ shard: '1', [name]: '' });
  }
  expect(warned()).toMatchObject([{ parameter: '(not shown)' }]);
});

test('P10 no more than 50 names are remembered and logged', () => {
  for (let index = 0; index < 200; index += 1) ask({ shard: '1', [`name${index}`]: '' });
  expect(warned()).toHaveLength(50);
});
