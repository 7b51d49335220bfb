import type { Plugin } from 'vite';

/** Where recharts has all scales of d3 from. */
const SCALES = /victory-vendor\/es\/d3-scale\.js$/;

/** Those that the chart has: recharts looks them up by name, so no build can tell that the others are never used. */
const USED = "export { scaleBand, scaleLinear, scalePoint } from 'd3-scale';";

/** Leaves out of the build the scales that no chart here has, as those of time, with all that they stand on. */
export function chartScales(): Plugin {
  let isFound = false;
  return {
    name: 'chart-scales',
    apply: 'build',
    transform: {
      filter: { id: SCALES },
      handler() {
        isFound = true;
        return { code: USED, map: null };
      },
    },
    buildEnd(error) {
      if (error === undefined && !isFound) {
        this.error('recharts has its scales from elsewhere now: chart-scales.ts says from where.');
      }
    },
  };
}
