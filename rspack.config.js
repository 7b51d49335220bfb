/**
 * What nest build is to do otherwise than by default: node:sqlite has no name without its prefix, and
 * the defaults look for built-in modules by that name only; what is imported with `?raw` is text; and what a
 * module asks about where it is (import.meta) is meant of the built file, not of the source.
 */
export default (options) => ({
  ...options,
  externals: [
    ({ request }, callback) =>
      request?.startsWith('node:') ? callback(null, `module ${request}`) : callback(),
    ...options.externals,
  ],
  module: {
    ...options.module,
    parser: { ...options.module.parser, javascript: { importMeta: false } },
    rules: [...options.module.rules, { resourceQuery: /raw/, type: 'asset/source' }],
  },
});
