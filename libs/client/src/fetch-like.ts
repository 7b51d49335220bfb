import type { AbortSignalLike } from './abort-signal.ts';

export interface FetchInit {
  readonly method?: string | undefined;
  readonly headers?: object | undefined;
  readonly redirect?: string | undefined;
  readonly signal?: AbortSignalLike | null | undefined;
}

export interface ResponseLike {
  readonly status: number;
  readonly headers: { get(name: string): string | null };
  readonly body: AsyncIterable<Uint8Array> | null;
}

/**
 * What is used of `fetch`: the global one fits, and so does undici's. Declared as a method, because only
 * then do functions fit that take a wider `init` than this one.
 */
export type FetchLike = {
  fetch(url: string, init?: FetchInit): Promise<ResponseLike>;
}['fetch'];
