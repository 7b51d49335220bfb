import type { Type } from '@nestjs/common';
import { getMetadataStorage } from 'class-validator';

/** The longest name that is repeated to a client or written into the log. */
const MAX_SHOWN_LENGTH = 32;

/** What a name of a parameter looks like. Anything else may be a secret, or text that would break a line. */
const NAME = /^[a-z][\w.[\]-]*$/i;

/** The names of the parameters of a query: the properties of its class. Each of them has a rule of class-validator. */
export function namesOf(query: Type): string[] {
  const rules = getMetadataStorage().getTargetValidationMetadatas(query, '', false, false);
  return [...new Set(rules.map(({ propertyName }) => propertyName))];
}

/** The names in a query that Fastify has parsed, in their order. */
export function namesIn(query: unknown): string[] {
  return typeof query === 'object' && query !== null ? Object.keys(query) : [];
}

/** The name, when it may be shown: what a client sends in its place may be a secret. */
export function shownName(name: string): string | undefined {
  return name.length <= MAX_SHOWN_LENGTH && NAME.test(name) ? name : undefined;
}
