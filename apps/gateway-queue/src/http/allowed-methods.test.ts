import { expect, test } from 'vitest';
import { AllowedMethods } from './allowed-methods.ts';

const allowed = new AllowedMethods();
allowed.add('/v1/identify', ['POST']);
allowed.add('/v1/permits/:id', ['DELETE']);
allowed.add('/v1/permits/:id', ['GET', 'HEAD']);
allowed.add('/api/v1/bots', ['GET']);

test.each([
  ['/v1/identify', ['POST']],
  ['/v1/identify?shard=1', ['POST']],
  ['/v1/permits/x', ['DELETE', 'GET', 'HEAD']],
  ['/v1/permits/', []],
  ['/v1/permits/x/y', []],
  ['/v1/identify/', []],
  ['/v1/Identify', []],
  ['/v1', []],
  ['', []],
  ['/api/v1/bots', []],
])('at %s there are %j', (url, methods) => {
  expect(allowed.at(url)).toEqual(methods);
});
