import { ApiProblem, problemOf, unanswered, unreachable, unreadable } from './api-problem.ts';
import { type Deadline, deadline } from './deadline.ts';

const UNAUTHORIZED = 401;
const NO_CONTENT = 204;
const ACCEPTED = 202;
/** How long an answer may take in all, in ms: longer than the service tries to reach its store. */
const MAX_MS = 30_000;

/** What a request may say beside its method and path. */
export interface RequestOptions {
  readonly query?: Readonly<Record<string, string | number | undefined>>;
  /** Sent as JSON. */
  readonly body?: object;
  readonly headers?: Readonly<Record<string, string>>;
  /** Ends the request; it is rejected with the signal's reason then. */
  readonly signal?: AbortSignal;
  /** How long the answer may take in all, in ms; 30 s unless it is said. */
  readonly mostMs?: number;
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
  return (await requestTagged<T>(method, path, options)).body;
}

/** Asks as `request` does, for what is answered with an ETag. */
export async function requestTagged<T>(
  method: Method,
  path: string,
  options: RequestOptions = {},
): Promise<Tagged<T>> {
  const limit = deadline(options.mostMs ?? MAX_MS, options.signal);
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

/** What a request ended with, for who asked: `fetch` tells by a TypeError that there was no answer, or not all of it. */
function reasonOf(
  error: unknown,
  method: Method,
  { mostMs = MAX_MS, signal }: RequestOptions,
  { isOver }: Deadline,
): unknown {
  if (signal?.aborted === true || error instanceof ApiProblem) return error;
  const isOrder = method !== 'GET';
  if (isOver()) return unanswered(mostMs, isOrder);
  return error instanceof TypeError ? unreachable(isOrder) : error;
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
