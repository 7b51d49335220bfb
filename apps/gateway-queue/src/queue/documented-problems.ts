import { Problem } from '../http/problem.ts';
import { problemResponse } from '../http/problem-response.ts';
import { SHARD_RULE } from './identify.query.ts';

/** Documents the answer to a wrong query. */
export const documentBadQuery = (): MethodDecorator =>
  problemResponse({
    description: 'A parameter is wrong, or there is no such bot.',
    problems: [Problem.invalidParameter('shard', SHARD_RULE).body, Problem.unknownBot().body],
  });

/** Documents the answer to a request without the token. */
export const documentNoToken = (): MethodDecorator =>
  problemResponse({
    description: 'QUEUE_TOKEN is set, and was not sent.',
    problems: [Problem.unauthorized().body],
  });
