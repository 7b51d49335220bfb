import { Problem } from '../../http/problem.ts';
import { problemResponse } from '../../http/problem-response.ts';

/** @param detail what does not exist, and where to find what does */
export function unknownResource(detail: string): Problem {
  return Problem.of('unknown-resource', detail);
}

export function noSuchBot(): Problem {
  return unknownResource('There is no such bot here. /api/v1/bots lists them.');
}

/** Documents that what the path names may not exist. */
export const documentUnknown = (
  first: Problem,
  ...others: readonly Problem[]
): MethodDecorator & ClassDecorator =>
  problemResponse({
    description: 'What the path names does not exist.',
    problems: [first.body, ...others.map(({ body }) => body)],
  });
