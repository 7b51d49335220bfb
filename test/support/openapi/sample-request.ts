import type { Operation, Schema } from './document.ts';
import type { SentRequest } from './exchange.ts';

const JSON_TYPE = 'application/json';

/** What parameters and members are to be, by name; of others the document's example is taken. */
export type Given = Readonly<Record<string, string>>;

/** A request that is right in every way. Throws where the document has no example of what is needed. */
export function sampleOf(
  operation: Operation,
  given: Given,
  headers: Readonly<Record<string, string>>,
): SentRequest {
  const { body, method, name, parameters, path } = operation;
  const needed = (parameter: string, example: unknown): string => {
    const value = given[parameter] ?? example;
    if (typeof value !== 'string' && typeof value !== 'number') {
      throw new Error(`${name}: there is no example of ${parameter}`);
    }
    return String(value);
  };
  const required = parameters.filter((parameter) => parameter.required === true);
  const query = required
    .filter((parameter) => parameter.in === 'query')
    .map((one): [string, string] => [one.name, needed(one.name, one.schema.example)]);
  const inPath = new Map(
    required
      .filter((parameter) => parameter.in === 'path')
      .map((one) => [one.name, needed(one.name, one.schema.example)]),
  );
  const filled = path.replaceAll(/\{([^}]+)\}/g, (_whole, parameter: string) =>
    encodeURIComponent(inPath.get(parameter) ?? ''),
  );
  const target = query.length === 0 ? filled : `${filled}?${new URLSearchParams(query).toString()}`;
  const schema = body?.[JSON_TYPE]?.schema;
  if (schema === undefined) return { method, target, headers };
  const text = JSON.stringify(bodyOf(schema, given));
  return {
    method,
    target,
    headers: { ...headers, 'Content-Type': JSON_TYPE, 'Content-Length': Buffer.byteLength(text) },
    body: text,
  };
}

function bodyOf({ properties = {} }: Schema, given: Given): object {
  return Object.fromEntries(
    Object.entries(properties).map(([name, { example }]) => [name, given[name] ?? example]),
  );
}
