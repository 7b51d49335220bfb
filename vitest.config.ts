import { defineConfig } from 'vitest/config';

/** Over whole processes, at the true intervals. */
const WHOLE = { testTimeout: 120_000, hookTimeout: 60_000 } as const;

/** The dashboard in a browser: tests that wait for it most of the time. */
const BROWSER = 'test/dashboard-*.test.ts';

/** Those of them that count or measure. */
const MEASURED = ['test/dashboard-crowd.test.ts', 'test/dashboard-viewers.test.ts'];

export default defineConfig({
  resolve: { tsconfigPaths: true },
  test: {
    projects: [
      {
        extends: true,
        test: { name: 'unit', include: ['{apps,libs,simulation}/**/*.test.ts'] },
      },
      {
        extends: true,
        test: {
          ...WHOLE,
          name: 'browser',
          include: [BROWSER],
          exclude: MEASURED,
          sequence: { groupOrder: 1 },
          maxWorkers: 2,
        },
      },
      {
        extends: true,
        test: {
          ...WHOLE,
          name: 'e2e',
          include: ['test/**/!(dashboard-*).test.ts', ...MEASURED],
          // One after the other, alone on the machine, after all else.
          sequence: { groupOrder: 2 },
          fileParallelism: false,
        },
      },
    ],
  },
});
