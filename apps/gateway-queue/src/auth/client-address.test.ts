import { expect, test } from 'vitest';
import { addressOf, networkOf } from './client-address.ts';

test.each([
  ['192.0.2.1', undefined, '192.0.2.1'],
  ['::ffff:192.0.2.1', undefined, '192.0.2.1'],
  ['::FFFF:192.0.2.1', undefined, '192.0.2.1'],
  ['fe80::1%eth0', undefined, 'fe80::1'],
  ['2001:db8::1', undefined, '2001:db8::1'],
  // Text that a proxy's header can hold where it is believed.
  ['canary', '192.0.2.9', '192.0.2.9'],
  ['', '::ffff:192.0.2.9', '192.0.2.9'],
  ['192.0.2.1:1234', undefined, 'unknown'],
])('%j over %j comes from %s', (ip, remoteAddress, expected) => {
  expect(addressOf({ ip, socket: { remoteAddress } })).toBe(expected);
});

test.each([
  ['192.0.2.1', '192.0.2.1'],
  ['unknown', 'unknown'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:0DB8:0001:0002::1', '2001:db8:1:2::/64'],
  ['2001:db8::1', '2001:db8:0:0::/64'],
  ['2001:db8:0:0:1::', '2001:db8:0:0::/64'],
  ['a::c:d:e:f:1', 'a:0:0:c::/64'],
  ['a:b::', 'a:b:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  ['::', '0:0:0:0::/64'],
  ['::1:2:3:4:5:6', '0:0:1:2::/64'],
  ['64:ff9b::192.0.2.1', '64:ff9b:0:0::/64'],
])('%s is of the network %s', (address, network) => {
  expect(networkOf(address)).toBe(network);
});
