import type { Operation } from './document.ts';
import type { SentRequest } from './exchange.ts';
import type { KnownValues } from './known-values.ts';
import type { Credentials, Plan, PlannedText } from './plan.ts';

/** What HTTP allows in a header's value, as Node checks it. */
const HEADER_VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;

/** A plan with every value that it names, as a client would be told to send it. */
export interface Call {
  readonly path: Readonly<Record<string, string>>;
  readonly query: readonly (readonly [name: string, value: string])[];
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly credentials: Credentials;
  readonly body: Plan['body'];
}

/** Puts in what is known by now. What is not known yet is a text of no meaning. */
export function callOf(plan: Plan, known: KnownValues): Call {
  const text = (value: PlannedText): string =>
    'text' in value ? value.text : (known.pick(value.known, value.index) ?? 'none-yet');
  const pair = ([name, value]: readonly [string, PlannedText]) => [name, text(value)] as const;
  return {
    path: Object.fromEntries(Object.entries(plan.path).map(pair)),
    query: plan.query.map(pair),
    headers: plan.headers.map(pair).filter(([, value]) => HEADER_VALUE.test(value)),
    credentials: plan.credentials,
    body: plan.body,
  };
}

/** @param credentials the headers that show who asks */
export function requestOf(
  operation: Operation,
  call: Call,
  credentials: Readonly<Record<string, string>>,
): SentRequest {
  const path = operation.path.replaceAll(/\{([^}]+)\}/g, (_whole, name: string) =>
    encodeURIComponent(call.path[name] ?? ''),
  );
  const query = call.query
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
    .join('&');
  const { body } = call;
  const headers: Record<string, string | string[]> = {};
  for (const [name, value] of [...call.headers, ...Object.entries(credentials)]) {
    const before = headers[name];
    headers[name] = before === undefined ? value : [...[before].flat(), value];
  }
  if (body !== undefined) {
    headers['Content-Length'] = String(Buffer.byteLength(body.bytes));
    if (body.type !== undefined) headers['Content-Type'] = body.type;
  }
  return {
    method: operation.method,
    target: query === '' ? path : `${path}?${query}`,
    headers,
    body: body?.bytes,
  };
}
