import { Ajv, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';

import type { Schema } from './document.ts';

/** What is wrong with a value; none when it is as its schema has it. */
export type Faults = readonly string[];

const ajv = addFormats.default(new Ajv({ strict: false, allErrors: true }));

const strictly = new WeakMap<Schema, ValidateFunction>();
const loosely = new WeakMap<Schema, ValidateFunction>();

/** Holds an answer against its schema. A member that the schema does not have is a fault: it may reveal what must not be known. */
export function faultsOfAnswer(schema: Schema, value: unknown): Faults {
  return faults(compiled(strictly, schema, true), value);
}

/** Holds what is asked against its schema; further members are nothing to it. */
export function faultsOfInput(schema: Schema, value: unknown): Faults {
  return faults(compiled(loosely, schema, false), value);
}

function compiled(
  cache: WeakMap<Schema, ValidateFunction>,
  schema: Schema,
  closed: boolean,
): ValidateFunction {
  const validate = cache.get(schema) ?? ajv.compile({ ...toJsonSchema(schema, closed) });
  cache.set(schema, validate);
  return validate;
}

function faults(validate: ValidateFunction, value: unknown): Faults {
  if (validate(value)) return [];
  return (validate.errors ?? []).map(
    ({ instancePath, message = 'is wrong', params }) =>
      `${instancePath || 'it'} ${message} ${JSON.stringify(params)}`,
  );
}

/** OpenAPI 3.0 says `nullable` where JSON Schema has a type of its own for null, and `example`. */
function toJsonSchema(schema: Schema, closed: boolean): object {
  const { nullable = false, properties, items, additionalProperties, allOf, oneOf, anyOf } = schema;
  const sub = (part: Schema): object => toJsonSchema(part, closed);
  // Each part of an allOf knows some of the members only.
  const part = (one: Schema): object => toJsonSchema(one, false);
  const { type, enum: values, format, pattern, required } = schema;
  const { minLength, maxLength, minimum, maximum } = schema;
  const converted = {
    ...defined({ type, enum: values, format, pattern, required }),
    ...defined({ minLength, maxLength, minimum, maximum }),
    ...(items && { items: sub(items) }),
    ...(properties && {
      properties: Object.fromEntries(
        Object.entries(properties).map(([name, one]) => [name, sub(one)]),
      ),
    }),
    ...additional(),
    ...(allOf && { allOf: allOf.map(part) }),
    ...(oneOf && { oneOf: oneOf.map(sub) }),
    ...(anyOf && { anyOf: anyOf.map(sub) }),
  };
  return nullable ? { anyOf: [{ type: 'null' }, converted] } : converted;

  function additional(): object {
    if (typeof additionalProperties === 'object') {
      return { additionalProperties: sub(additionalProperties) };
    }
    const isOpen = additionalProperties ?? !(closed && properties !== undefined);
    return isOpen ? {} : { additionalProperties: false };
  }
}

function defined(members: Readonly<Record<string, unknown>>): object {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
}
