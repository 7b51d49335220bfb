import { applyDecorators } from '@nestjs/common';
import { Problem } from './problem.ts';
import { problemResponse } from './problem-response.ts';

/**
 * Documents the answers to a JSON body that is wrong.
 *
 * @param member a member of the body, for the example
 */
export const documentBody = (member: string): MethodDecorator & ClassDecorator =>
  applyDecorators(
    problemResponse({
      description: 'The body is no JSON object, or one of its members is wrong.',
      problems: [
        Problem.malformedBody().body,
        Problem.invalidParameter(member, 'must be there').body,
      ],
    }),
    problemResponse({
      description: 'The body is too large.',
      problems: [Problem.bodyTooLarge().body],
    }),
    problemResponse({
      description: 'The body is of another type than application/json.',
      problems: [Problem.unsupportedMediaType().body],
    }),
  );
