import { ApiProblem, problemOf, unanswered, unreachable, unreadable } from './api-problem.ts';
import { type Deadline, deadline } from './deadline.ts';

const UNAUTHORIZED = 401;
const NO_CONTENT = 204;
const ACCEPTED = 202;
/** The default deadline of an answer, in ms: longer than the service tries to reach its store. */
const MAX_MS = 30_000;

/** The optional parts of a request. */
export interface RequestOptions {
  readonly query?: Readonly<Record<string, string | number | undefined>>;
  /** Sent as JSON. */
  readonly body?: object;
  readonly headers?: Readonly<Record<string, string>>;
  /** Ends the request, which then rejects with the signal's reason. */
  readonly signal?: AbortSignal;
  /** The deadline of the whole answer, in ms; 30 s by default. */
  readonly timeoutMs?: number;
}

/** A body with the ETag of its version. */
export interface Tagged<T> {
  readonly body: T;
  readonly tag: string;
}

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

const listeners = new Set<() => void>();

/** Calls back whenever the API answers a request with 401: the session is over. @returns the function that ends this */
export function onSignedOut(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/**
 * Sends a request to the API, with the session's cookie.
 *
 * @param path under /api/v1
 * @returns the body; undefined for an answer without one
 * @throws ApiProblem for an error status, and without a readable answer
 */
export async function request<T>(
  method: Method,
  path: string,
  options: RequestOptions = {},
): Promise<T> {
  return (await requestTagged<T>(method, path, options)).body;
}

/** Does what `request` does, and returns the answer's ETag as well. */
export async function requestTagged<T>(
  method: Method,
  path: string,
  options: RequestOptions = {},
): Promise<Tagged<T>> {
  const limit = deadline(options.timeoutMs ?? MAX_MS, options.signal);
  try {
    const response = await send(method, path, options, limit.signal);
    if (!response.ok) throw await failureOf(response);
    return { body: await bodyOf<T>(response), tag: response.headers.get('etag') ?? '' };
  } catch (error) {
    throw reasonOf(error, method, options, limit);
  } finally {
    limit.clear();
  }
}

async function failureOf(response: Response): Promise<ApiProblem> {
  if (response.status === UNAUTHORIZED) for (const listener of listeners) listener();
  return problemOf(response);
}

async function bodyOf<T>(response: Response): Promise<T> {
  const isEmpty = response.status === NO_CONTENT || response.status === ACCEPTED;
  try {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the API's document says what each path answers
    return (isEmpty ? undefined : await response.json()) as T;
  } catch (error) {
    throw error instanceof SyntaxError ? unreadable(response.status) : error;
  }
}

/** The error for the caller. `fetch` throws a TypeError if there was no answer, or only a part of it. */
function reasonOf(
  error: unknown,
  method: Method,
  { timeoutMs = MAX_MS, signal }: RequestOptions,
  { isOver }: Deadline,
): unknown {
  if (signal?.aborted === true || error instanceof ApiProblem) return error;
  const isChange = method !== 'GET';
  if (isOver()) return unanswered(timeoutMs, isChange);
  return error instanceof TypeError ? unreachable(isChange) : error;
}

function send(
  method: Method,
  path: string,
  { body, headers, query = {} }: RequestOptions,
  signal: AbortSignal,
): Promise<Response> {
  return fetch(`/api/v1${path}${toQueryString(query)}`, {
    method,
    credentials: 'same-origin',
    cache: 'no-store',
    headers: { ...headers, ...(body && { 'content-type': 'application/json' }) },
    ...(body && { body: JSON.stringify(body) }),
    signal,
  });
}

/** Values that are undefined or empty are left out. */
function toQueryString(query: NonNullable<RequestOptions['query']>): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== '') parameters.set(name, String(value));
  }
  return parameters.size === 0 ? '' : `?${parameters}`;
}

/** Whether a request failed because there is no session. */
export function isSignedOut(error: unknown): boolean {
  return error instanceof ApiProblem && error.status === UNAUTHORIZED;
}
