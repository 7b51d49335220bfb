import { Problem } from '../../http/problem.ts';
import { problemResponse } from '../../http/problem-response.ts';

/**
 * Documents what becomes of a query that is wrong.
 *
 * @param parameter one that may be, for the example
 * @param rule what would be right for it
 */
export const documentQuery = (parameter: string, rule: string): MethodDecorator =>
  problemResponse({
    description: 'A parameter of the query is wrong.',
    problems: [Problem.invalidParameter(parameter, rule).body],
  });
