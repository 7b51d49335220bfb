import type { Operation, Parameter, Schema } from './document.ts';
import { parsed } from './answer-faults.ts';
import { faultsOfInput } from './json-schema.ts';
import type { Call } from './send-plan.ts';

/** More than the router takes of one parameter: then there is nothing at that path. */
const MAX_PATH_LENGTH = 128;

/** The largest body that is read. */
const MAX_BODY_BYTES = 16 * 1024;

/** Whether a call is what its operation documents; undefined when the document leaves that open. */
export function isAsDocumented(operation: Operation, call: Call): boolean | undefined {
  const verdicts = new Set(operation.parameters.map((one) => isRight(one, given(one, call))));
  if (verdicts.has(false) || hasUnknownName(operation, call)) return false;
  // That the two do not go together stands in words alone.
  const conditions = call.headers.filter(([name]) => /^If-(None-)?Match$/.test(name));
  if (conditions.length > 1) return undefined;
  return verdicts.has(undefined) ? undefined : isRightBody(operation, call);
}

/** What shards call takes exact names only. Other operations ignore a name that they do not know. */
function hasUnknownName({ parameters, path }: Operation, { query }: Call): boolean {
  const known = new Set(parameters.filter((one) => one.in === 'query').map(({ name }) => name));
  return path.startsWith('/v1/') && query.some(([name]) => !known.has(name));
}

/** Whether the path leads to the operation; undefined where a part of it is empty, which the document does not cover. */
export function isRoutable({ path }: Call): boolean | undefined {
  const texts = Object.values(path);
  if (texts.some((text) => text.length > MAX_PATH_LENGTH)) return false;
  return texts.includes('') ? undefined : true;
}

function given({ name, in: place }: Parameter, { headers, path, query }: Call): readonly string[] {
  const text = path[name];
  if (place === 'path') return text === undefined ? [] : [text];
  const pairs = place === 'query' ? query : headers;
  // Blanks around a header's value are not part of it (RFC 9110, 5.5).
  return pairs
    .filter(([key]) => key === name)
    .map(([, value]) => (place === 'header' ? value.trim() : value));
}

/** @returns undefined for what the document leaves open */
function isRight(parameter: Parameter, texts: readonly string[]): boolean | undefined {
  const [text, ...more] = texts;
  if (text === undefined) return parameter.required !== true;
  // A list in a header may come in several lines.
  if (more.length > 0) return parameter.in === 'header' ? undefined : false;
  if (parameter.schema.type === 'integer' && /^-?0+\d*$/.test(text) && text !== '0')
    return undefined;
  const value = valueOf(parameter.schema, text);
  return value !== undefined && faultsOfInput(parameter.schema, value).length === 0;
}

/** What a text in a path or query says; undefined when that is nothing. */
function valueOf({ type }: Schema, text: string): unknown {
  if (type === 'integer') return /^-?\d+$/.test(text) ? Number(text) : undefined;
  if (type === 'number') return parsed(text);
  if (type === 'boolean') return text === 'true' || (text === 'false' ? false : undefined);
  return text;
}

function isRightBody({ body }: Operation, call: Call): boolean | undefined {
  const sent = call.body;
  if (body === undefined) return sent === undefined ? true : undefined;
  if (sent === undefined || call.headers.some(([name]) => name === 'Content-Encoding')) {
    return undefined;
  }
  const bytes = Buffer.from(sent.bytes);
  const text = bytes.toString();
  // Neither what begins with the mark of an encoding, nor names with which a prototype could be reached.
  if (/^\ufeff|__proto__|"constructor"/u.test(text)) return undefined;
  const [type = ''] = (sent.type ?? '').split(';');
  const schema = body[type]?.schema;
  if (schema === undefined || bytes.length > MAX_BODY_BYTES) return false;
  const value = parsed(text);
  if (value === undefined || faultsOfInput(schema, value).length > 0) return false;
  // Whether further members are let pass is not said.
  return hasOnly(value, Object.keys(schema.properties ?? {})) ? true : undefined;
}

function hasOnly(value: unknown, names: readonly string[]): boolean {
  return (
    typeof value === 'object' &&
    value !== null &&
    Object.keys(value).every((name) => names.includes(name))
  );
}
