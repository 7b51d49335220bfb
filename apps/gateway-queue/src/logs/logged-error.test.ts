import { stdSerializers } from 'pino';
import { expect, test } from 'vitest';
import { loggedError } from './logged-error.ts';

test('an error is logged with its type, message, stack and code, and no other property', () => {
  const cause = new TypeError('the wire broke');
  const error = Object.assign(new RangeError('it failed', { cause }), {
    code: 'E_WIRE',
    requestBody: { token: 'hunter2' },
  });
  const logged = loggedError(stdSerializers.err(error));
  expect(logged).toEqual({
    type: 'RangeError',
    message: 'it failed: the wire broke',
    stack: expect.stringContaining('caused by: TypeError: the wire broke'),
    code: 'E_WIRE',
  });
});
