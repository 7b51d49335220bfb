import type { FetchLike } from '../src/index.ts';

/** The global one, for a fetch that does something besides. */
export const realFetch: FetchLike = fetch;
