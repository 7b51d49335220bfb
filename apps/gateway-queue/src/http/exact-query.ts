import {
  applyDecorators,
  type CanActivate,
  type ExecutionContext,
  type Type,
  UseGuards,
} from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { nearestName } from './nearest-name.ts';
import { Problem } from './problem.ts';
import { problemResponse } from './problem-response.ts';
import { namesIn, namesOf, shownName } from './query-names.ts';

class NoParameters {}

class ExactQueryGuard implements CanActivate {
  readonly #known: readonly string[];

  constructor(query: Type) {
    this.#known = namesOf(query);
  }

  canActivate(context: ExecutionContext): boolean {
    const { query } = context.switchToHttp().getRequest<FastifyRequest>();
    const unknown = namesIn(query).find((name) => !this.#known.includes(name));
    if (unknown === undefined) return true;
    // A name that is given as well was not meant by another one.
    const missing = this.#known.filter((name) => !namesIn(query).includes(name));
    throw unknownParameter(unknown, nearestName(unknown, missing), this.#known);
  }
}

/**
 * Refuses a request whose query has a name that is not known, with the name that was probably meant, and documents that. A
 * parameter that was misspelled would count as left out: a `shardId` would be a permit for another shard.
 *
 * @param query the class of the query; without it no name is known
 */
export function ExactQuery(query: Type = NoParameters): MethodDecorator & ClassDecorator {
  return applyDecorators(
    UseGuards(new ExactQueryGuard(query)),
    problemResponse({
      description: 'A name in the query is not known.',
      problems: [exampleOf(namesOf(query)).body],
    }),
  );
}

function exampleOf(known: readonly string[]): Problem {
  const name = 'shardId';
  return unknownParameter(name, nearestName(name, known), known);
}

function unknownParameter(
  name: string,
  meant: string | undefined,
  known: readonly string[],
): Problem {
  const hint = meant === undefined ? '' : ` Did you mean ${meant}?`;
  const rule =
    known.length === 0 ? 'This path has no parameters.' : `Known are ${known.join(', ')}.`;
  const shown = shownName(name);
  return shown === undefined
    ? Problem.invalidParameter('query', `has a name that is not known here.${hint} ${rule}`)
    : Problem.invalidParameter(shown, `is not known here.${hint} ${rule}`);
}
