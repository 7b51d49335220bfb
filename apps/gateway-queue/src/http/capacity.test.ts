import { expect, test } from 'vitest';
import { Capacity } from './capacity.ts';
import { openFileLimit } from './open-files.ts';

test('P10 the settings decide while there are descriptors enough', () => {
  const capacity = new Capacity(20_000, 1_000_000);
  expect(capacity).toMatchObject({ held: 20_000, connections: 20_512, cutByDescriptors: false });
});

test('P10 with fewer descriptors less is held, and some are left for probes and files', () => {
  const capacity = new Capacity(20_000, 1024);
  expect(capacity).toMatchObject({ held: 256, connections: 768, cutByDescriptors: true });
});

test('P10 the limit of this process is known', () => {
  expect(openFileLimit()).toBeGreaterThan(0);
});
