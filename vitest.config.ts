import { defineConfig } from 'vitest/config';

/** Tests of whole processes, most of them at Discord's true interval of 5 s. */
const WHOLE = { testTimeout: 120_000, hookTimeout: 60_000 } as const;

/** Tests of the operators' page, in Chromium. */
const BROWSER = 'test/dashboard/*.test.ts';

/** Tests that measure time, CPU or counts, or load the machine: each runs alone. */
const MEASURED = [
  'test/chaos/chaos.test.ts',
  'test/dashboard/crowd.test.ts',
  'test/dashboard/viewers.test.ts',
];

/** Tests of the tests' own tools. They need no service. */
const OF_TOOLS = [
  'test/support/**/*.test.ts',
  'test/chaos/*/**/*.test.ts',
  'test/chaos/report.test.ts',
];

export default defineConfig({
  resolve: { tsconfigPaths: true },
  test: {
    projects: [
      {
        extends: true,
        test: { name: 'unit', include: ['{apps,libs,simulation}/**/*.test.ts', ...OF_TOOLS] },
      },
      {
        extends: true,
        test: {
          ...WHOLE,
          name: 'browser',
          include: [BROWSER],
          exclude: MEASURED,
          sequence: { groupOrder: 1 },
          maxWorkers: 3,
        },
      },
      {
        extends: true,
        test: {
          ...WHOLE,
          name: 'e2e',
          include: ['test/**/*.test.ts'],
          exclude: [BROWSER, ...MEASURED, ...OF_TOOLS],
          sequence: { groupOrder: 2 },
          maxWorkers: 6,
        },
      },
      {
        extends: true,
        test: {
          ...WHOLE,
          name: 'serial',
          include: MEASURED,
          // One after the other, alone on the machine, after all else.
          sequence: { groupOrder: 3 },
          fileParallelism: false,
        },
      },
    ],
  },
});
