import { defineConfig } from 'vitest/config';

/** Tests of whole processes. A busy machine may take several times as long as a quiet one. */
const WHOLE = { testTimeout: 240_000, hookTimeout: 240_000 } as const;

/**
 * For the unit tests. Without a number of workers of their own, Vitest would run them on a machine with two cores one
 * file at a time, after all other groups.
 */
const FIRST = { sequence: { groupOrder: 0 }, maxWorkers: 3 } as const;

/** For test files that wait for most of their time: two cores carry four of them. They start after the unit tests. */
const SIDE_BY_SIDE = { sequence: { groupOrder: 1 }, maxWorkers: 4 } as const;

/** Tests of the operators' page, in Chromium. */
const BROWSER = 'test/dashboard/*.test.ts';

/** Tests that say how late something may be. They run two at a time, after those that run side by side. */
const TIMED = [
  'test/admin/events.test.ts',
  'test/cluster/{admin-pause,death,discord,order,store-away,store-lost}.test.ts',
  'test/queue/real-shards.test.ts',
  'test/v1/{discordjs-shards,real-shards}.test.ts',
];

/** Tests that count, or load the machine. They run one after the other, after all else. */
const SERIAL = ['test/chaos/chaos.test.ts', 'test/dashboard/{crowd,viewers}.test.ts'];

/** Tests of the tests' own tools. They need no service. */
const OF_TOOLS = [
  'test/support/**/*.test.ts',
  'test/chaos/*/**/*.test.ts',
  'test/chaos/report.test.ts',
];

export default defineConfig({
  resolve: { tsconfigPaths: true },
  test: {
    // What a test that passes prints would hide what a test that fails says.
    silent: 'passed-only',
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['{apps,libs,simulation}/**/*.test.ts', ...OF_TOOLS],
          ...FIRST,
        },
      },
      {
        extends: true,
        test: {
          ...WHOLE,
          name: 'browser',
          include: [BROWSER],
          exclude: SERIAL,
          ...SIDE_BY_SIDE,
        },
      },
      {
        extends: true,
        test: {
          ...WHOLE,
          name: 'e2e',
          include: ['test/**/*.test.ts'],
          exclude: [BROWSER, ...TIMED, ...SERIAL, ...OF_TOOLS],
          ...SIDE_BY_SIDE,
        },
      },
      {
        extends: true,
        test: {
          ...WHOLE,
          name: 'timed',
          include: TIMED,
          sequence: { groupOrder: 2 },
          maxWorkers: 2,
        },
      },
      {
        extends: true,
        test: {
          ...WHOLE,
          name: 'serial',
          include: SERIAL,
          sequence: { groupOrder: 3 },
          fileParallelism: false,
        },
      },
    ],
  },
});
