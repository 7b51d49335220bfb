import { ApiProblem, problemOf, unreachable } from './api-problem.ts';

const UNAUTHORIZED = 401;
const NO_CONTENT = 204;
const ACCEPTED = 202;

/** What a request may say beside its method and path. */
export interface RequestOptions {
  readonly query?: Readonly<Record<string, string | number | undefined>>;
  /** Sent as JSON. */
  readonly body?: object;
  readonly headers?: Readonly<Record<string, string>>;
  /** Ends the request; it is rejected with the signal's reason then. */
  readonly signal?: AbortSignal;
}

/** What was answered, and the ETag of its version. */
export interface Tagged<T> {
  readonly body: T;
  readonly tag: string;
}

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

const listeners = new Set<() => void>();

/** Calls back whenever a request was turned away because there is no session any more. @returns what ends that */
export function onSignedOut(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/**
 * Asks the API, with the session's cookie.
 *
 * @param path under /api/v1
 * @returns the body; undefined when there is none
 * @throws ApiProblem when it is answered with anything but success, or not at all
 */
export async function request<T>(
  method: Method,
  path: string,
  options: RequestOptions = {},
): Promise<T> {
  return bodyOf<T>(await succeed(method, path, options));
}

/** Asks as `request` does, for what is answered with an ETag. */
export async function requestTagged<T>(
  method: Method,
  path: string,
  options: RequestOptions = {},
): Promise<Tagged<T>> {
  const response = await succeed(method, path, options);
  return { body: await bodyOf<T>(response), tag: response.headers.get('etag') ?? '' };
}

async function succeed(method: Method, path: string, options: RequestOptions): Promise<Response> {
  const response = await send(method, path, options);
  if (response.ok) return response;
  if (response.status === UNAUTHORIZED) for (const listener of listeners) listener();
  throw await problemOf(response);
}

async function bodyOf<T>(response: Response): Promise<T> {
  const isEmpty = response.status === NO_CONTENT || response.status === ACCEPTED;
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the API's document says what each path answers
  return (isEmpty ? undefined : await response.json()) as T;
}

async function send(method: Method, path: string, options: RequestOptions): Promise<Response> {
  const { body, headers, query = {}, signal } = options;
  const url = `/api/v1${path}${toQueryString(query)}`;
  try {
    return await fetch(url, {
      method,
      credentials: 'same-origin',
      cache: 'no-store',
      headers: { ...headers, ...(body && { 'content-type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
      ...(signal && { signal }),
    });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw unreachable();
  }
}

/** What is undefined or empty is left out. */
export function toQueryString(query: NonNullable<RequestOptions['query']>): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== '') parameters.set(name, String(value));
  }
  return parameters.size === 0 ? '' : `?${parameters}`;
}

/** Whether it failed because nobody is logged in. */
export function isSignedOut(error: unknown): boolean {
  return error instanceof ApiProblem && error.status === UNAUTHORIZED;
}
