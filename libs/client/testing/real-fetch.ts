import type { FetchLike } from '../src/index.ts';

/** The global `fetch`, for tests that wrap it. */
export const realFetch: FetchLike = fetch;
