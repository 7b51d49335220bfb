import { Problem } from '../http/problem.ts';
import { problemResponse } from '../http/problem-response.ts';
import { SHARD_RULE } from './identify.query.ts';

/** Documents what becomes of a query that is wrong. */
export const documentBadQuery = (): MethodDecorator =>
  problemResponse({
    description: 'A parameter is wrong, or there is no such bot.',
    problems: [Problem.invalidParameter('shard', SHARD_RULE).body, Problem.unknownBot().body],
  });

/** Documents what becomes of who does not send the token. */
export const documentNoToken = (): MethodDecorator =>
  problemResponse({
    description: 'QUEUE_TOKEN is set, and was not sent.',
    problems: [Problem.unauthorized().body],
  });
