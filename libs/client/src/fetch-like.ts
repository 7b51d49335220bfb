import type { AbortSignalLike } from './abort-signal.ts';

/** The options of a request that this package passes. */
export interface FetchInit {
  readonly method?: string | undefined;
  readonly headers?: object | undefined;
  readonly redirect?: string | undefined;
  readonly signal?: AbortSignalLike | null | undefined;
}

/** The part of a `Response` that this package reads. */
export interface ResponseLike {
  readonly status: number;
  readonly headers: { get(name: string): string | null };
  readonly body: AsyncIterable<Uint8Array> | null;
}

/**
 * The part of `fetch` that this package uses. The global `fetch` fits, and so does undici's. Declared as a method: only then do
 * functions fit that take a wider `init`.
 */
export type FetchLike = {
  fetch(url: string, init?: FetchInit): Promise<ResponseLike>;
}['fetch'];
