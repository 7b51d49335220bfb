import { expect, test } from 'vitest';
import { Capacity, TooFewFilesError } from './capacity.ts';
import { openFileLimit } from './open-files.ts';

test('P10 with enough descriptors the settings decide', () => {
  const capacity = new Capacity(20_000, 1_000_000);
  expect(capacity).toMatchObject({ held: 20_000, connections: 20_512, cutByDescriptors: false });
});

test.each([
  [20_000, 20_000, 19_232, 19_744],
  [20_000, 1024, 384, 768],
  [20_000, 512, 128, 256],
  [10, 512, 10, 138],
])(
  'P10 with MAX_WAITING %d and %d descriptors, %d requests are held on %d connections',
  (maxWaiting, openFiles, held, connections) => {
    expect(new Capacity(maxWaiting, openFiles)).toMatchObject({ held, connections });
    expect(connections).toBeLessThanOrEqual(openFiles - 256);
  },
);

test('P10 with too few descriptors to serve any request the service does not start', () => {
  expect(() => new Capacity(20_000, 257)).toThrow(TooFewFilesError);
});

test('P10 the descriptor limit of this process is known', () => {
  expect(openFileLimit()).toBeGreaterThan(0);
});
