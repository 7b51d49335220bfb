import type { Plugin } from 'vite';

/** The module from which recharts imports all scales of d3. */
const SCALES = /victory-vendor\/es\/d3-scale\.js$/;

/** The scales that the chart uses. recharts looks scales up by name, so a bundler cannot see that the others are unused. */
const USED = "export { scaleBand, scaleLinear, scalePoint } from 'd3-scale';";

/** Leaves unused scales out of the build, such as time scales, with everything that only they import. */
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
        this.error(
          'recharts no longer imports its scales from the module that chart-scales.ts names.',
        );
      }
    },
  };
}
