import { Problem } from '../../http/problem.ts';
import { problemResponse } from '../../http/problem-response.ts';

/**
 * Documents the answer to a wrong query.
 *
 * @param parameter one of the query, for the example
 * @param rule for the parameter
 */
export const documentQuery = (parameter: string, rule: string): MethodDecorator =>
  problemResponse({
    description: 'A parameter of the query is wrong.',
    problems: [Problem.invalidParameter(parameter, rule).body],
  });
