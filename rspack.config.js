/**
 * What nest build is to do otherwise than by default: node:sqlite has no name without its prefix, and
 * the defaults look for built-in modules by that name only; and what is imported with `?raw` is text.
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
    rules: [...options.module.rules, { resourceQuery: /raw/, type: 'asset/source' }],
  },
});
