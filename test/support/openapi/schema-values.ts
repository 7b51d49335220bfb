import * as fc from 'fast-check';

import type { Schema } from './document.ts';
import { faultsOfInput } from './json-schema.ts';

const ANY_LENGTH = 40;
const LARGEST = 2 ** 31 - 1;

/** Values that a schema allows, those at its bounds among them. */
export function valuesOf(schema: Schema): fc.Arbitrary<unknown> {
  const values = allowed(schema);
  return schema.nullable === true ? fc.option(values, { freq: 4 }) : values;
}

function allowed(schema: Schema): fc.Arbitrary<unknown> {
  const [whole] = schema.allOf ?? [];
  if (whole !== undefined) return valuesOf(whole);
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum);
  const { type = 'anything' } = schema;
  switch (type) {
    case 'integer':
      return integers(schema);
    case 'number':
      return fc.double({
        noNaN: true,
        noDefaultInfinity: true,
        min: schema.minimum ?? -LARGEST,
        max: schema.maximum ?? LARGEST,
      });
    case 'boolean':
      return fc.boolean();
    case 'array':
      return fc.array(valuesOf(schema.items ?? {}), { maxLength: 4 });
    case 'object':
      return objects(schema);
    case 'string':
      return strings(schema);
    default:
      return fc.jsonValue();
  }
}

function integers({ minimum: min = 0, maximum: max = LARGEST }: Schema): fc.Arbitrary<number> {
  const small = Math.min(max, min + 16);
  return fc.oneof(
    { weight: 4, arbitrary: fc.integer({ min, max: small }) },
    { weight: 1, arbitrary: fc.constantFrom(min, max) },
    { weight: 1, arbitrary: fc.integer({ min, max }) },
  );
}

function strings(schema: Schema): fc.Arbitrary<string> {
  const { format, pattern, minLength = 0, maxLength = ANY_LENGTH } = schema;
  if (format === 'date-time') {
    return fc.date({ noInvalidDate: true }).map((date) => date.toISOString());
  }
  const usual = { minLength, maxLength: Math.min(maxLength, Math.max(minLength, ANY_LENGTH)) };
  const texts = fc.oneof(
    { weight: 4, arbitrary: fc.string(usual) },
    fc.string({ ...usual, unit: 'grapheme' }),
    fc.constantFrom(minLength, maxLength).map((length) => 'x'.repeat(length)),
  );
  if (pattern === undefined) return texts;
  const isRight = (text: string): boolean => faultsOfInput(schema, text).length === 0;
  // fast-check knows no look-ahead and no properties of characters: what has those is written for almost any text.
  return /\(\?[=!<]|\\p/u.test(pattern)
    ? texts.filter(isRight)
    : fc.stringMatching(new RegExp(pattern, 'u')).filter(isRight);
}

function objects({ properties = {}, required = [] }: Schema): fc.Arbitrary<object> {
  return fc.record(
    Object.fromEntries(Object.entries(properties).map(([name, part]) => [name, valuesOf(part)])),
    { requiredKeys: Object.keys(properties).filter((name) => required.includes(name)) },
  );
}
