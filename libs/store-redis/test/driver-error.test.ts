import { inspect } from 'node:util';
import { ReplyError } from 'ioredis';
import { expect, test } from 'vitest';
import { toRedisError } from '../src/connection/driver-error.ts';
import { toSentinelError } from '../src/connection/sentinel-error.ts';

function reply(message: string, name = 'evalsha'): Error {
  return Object.assign(new ReplyError(message), { command: { name, args: ['default', 's3cret'] } });
}

test.each([
  [reply('WRONGPASS invalid username-password pair'), 'WRONGPASS'],
  [reply("ERR unknown command 'HELLO', with args beginning with: '3' 's3cret'", 'hello'), 'ERR'],
  [reply("ERR unknown command 'EVALSHA', with args beginning with: 's3cret'"), 'ERR'],
  [reply("ERR Syntax error in HELLO option 's3cret'", 'HELLO'), 'ERR'],
  [reply('user_script:1: attempt to do something'), 'ERR'],
  [reply('LOADING Redis is loading the dataset in memory'), 'LOADING'],
  [new Error('Command timed out'), 'TIMEOUT'],
  [new Error("Socket timeout. Expecting data, but didn't receive any in 1500ms."), 'TIMEOUT'],
  [new Error('Connection is closed.'), 'CLOSED'],
  [new Error("Stream isn't writeable and enableOfflineQueue options is false"), 'CLOSED'],
  [
    Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:1'), { code: 'ECONNREFUSED' }),
    'ECONNREFUSED',
  ],
  [
    new AggregateError([
      Object.assign(new Error('connect ECONNREFUSED ::1:1'), { code: 'ECONNREFUSED' }),
    ]),
    'ECONNREFUSED',
  ],
  ['a string', 'ERR'],
])('%s has its code, and holds nothing that was sent', (error, code) => {
  const mapped = toRedisError(error);
  expect(mapped.code).toBe(code);
  expect(mapped.message).not.toBe('');
  expect(inspect(mapped, { showHidden: true, depth: 9 })).not.toContain('s3cret');
  expect(Object.keys(mapped).toSorted()).toEqual(['code', 'name']);
});

test.each([
  ['connected to sentinel h:1 successfully, but got an invalid reply: null', 'MASTER'],
  [
    'failed to connect to sentinel h:1 because WRONGPASS invalid username-password pair',
    'WRONGPASS',
  ],
  ['failed to connect to sentinel h:1 because NOAUTH Authentication required.', 'NOAUTH'],
  [
    "failed to connect to sentinel h:1 because ERR unknown command 'SENTINEL', with args beginning with: 's3cret'",
    'MODE',
  ],
  ['failed to connect to sentinel h:1 because ERR No such master with that name', 'MASTER'],
  ['failed to connect to sentinel h:1 because Connection is closed.', 'SENTINEL'],
])('%s', (message, code) => {
  const mapped = toSentinelError(new Error(message));
  expect(mapped.code).toBe(code);
  expect(mapped.message).not.toContain('s3cret');
});
