import { pino } from 'pino';
import { expect, test } from 'vitest';
import { loggerOptions } from './logger-options.ts';

/** What is written for an entry of these members. */
function written(members: object, logLevel: 'info' | 'debug' = 'info'): string {
  const lines: string[] = [];
  const logger = pino(loggerOptions({ logLevel }), { write: (line) => lines.push(line) });
  logger.info(members, 'hello');
  return lines.join('');
}

test('an entry is a line of JSON with its level in words', () => {
  expect(JSON.parse(written({ bot: 'default' }))).toMatchObject({
    level: 'info',
    msg: 'hello',
    bot: 'default',
    time: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
  });
});

test.each([
  [{ token: 'hunter2' }],
  [{ bot: { token: 'hunter2' } }],
  [{ bots: [{ token: 'hunter2' }] }],
  [{ a: { b: { c: { token: 'hunter2' } } } }],
  [{ req: { headers: { authorization: 'Bearer hunter2' } } }],
  [{ headers: { Authorization: 'Bot hunter2' } }],
  [{ req: { headers: { cookie: 'session=hunter2' } } }],
])('the secret in %j is not written', (members) => {
  expect(written(members)).not.toContain('hunter2');
  expect(written(members)).toContain('[secret]');
});

test('entries under the level are left out', () => {
  const lines: string[] = [];
  const logger = pino(loggerOptions({ logLevel: 'warn' }), { write: (line) => lines.push(line) });
  logger.info('hello');
  expect(lines).toEqual([]);
});

test('what Nest says at each start is only there at debug', () => {
  const nests = { context: 'RouterExplorer' };
  expect(written(nests)).toBe('');
  expect(JSON.parse(written(nests, 'debug'))).toMatchObject({
    level: 'debug',
    context: 'RouterExplorer',
    msg: 'hello',
  });
  expect(written({ context: 'gateway-queue' })).toContain('hello');
});

test('what Nest warns of is there', () => {
  const lines: string[] = [];
  const logger = pino(loggerOptions({ logLevel: 'info' }), { write: (line) => lines.push(line) });
  logger.warn({ context: 'RouterExplorer' }, 'hello');
  expect(lines).toHaveLength(1);
});
