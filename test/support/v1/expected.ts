import { expect } from 'vitest';

const PROBLEM = expect.stringMatching(/^application\/problem\+json\b/);

/** A problem as it comes over the wire, with these members among others. */
export function problem(
  status: number,
  code: string,
  more: Readonly<Record<string, unknown>> = {},
): object {
  const words = { title: expect.stringMatching(/./), detail: expect.stringMatching(/./) };
  return { status, contentType: PROBLEM, body: { status, code, ...words, ...more } };
}

/** What {@link problem} is about, of whatever answer. */
export function shown(answer: {
  readonly status: number;
  readonly headers: Headers | Readonly<Record<string, string>>;
  readonly body: unknown;
}): object {
  const { status, headers, body } = answer;
  const contentType = headerOf(headers, 'content-type');
  return { status, contentType, body: typeof body === 'string' ? parse(body) : body };
}

/** When to ask again, in both ways of saying so, which have to agree. */
export function retryAfterMs(headers: Headers | Readonly<Record<string, string>>): number {
  const ms = Number(headerOf(headers, 'x-retry-after-ms'));
  expect(ms).toSatisfy(Number.isInteger);
  expect(headerOf(headers, 'retry-after')).toBe(String(Math.ceil(ms / 1000)));
  return ms;
}

function headerOf(
  headers: Headers | Readonly<Record<string, string>>,
  name: string,
): string | undefined {
  return headers instanceof Headers ? (headers.get(name) ?? undefined) : headers[name];
}

function parse(text: string): unknown {
  return text === '' ? null : JSON.parse(text);
}
