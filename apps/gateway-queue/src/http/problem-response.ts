import { applyDecorators, type Type } from '@nestjs/common';
import {
  ApiExtraModels,
  ApiResponse,
  type ApiResponseOptions,
  getSchemaPath,
} from '@nestjs/swagger';
import { PROBLEM_TYPE, ProblemBody } from './problem.ts';

interface ProblemResponse {
  readonly description: string;
  /** What comes up under one status, as it is answered; the first one says which status that is. */
  readonly problems: readonly [ProblemBody, ...ProblemBody[]];
  /** The body's class, where it is more than a {@link ProblemBody}. */
  readonly type?: Type<ProblemBody>;
  readonly headers?: ApiResponseOptions['headers'];
}

/** Documents an answer that is a problem: with its content type, which is not the one of all other answers. */
export function problemResponse({
  description,
  problems,
  type = ProblemBody,
  headers,
}: ProblemResponse): MethodDecorator {
  const examples = problems.map((value) => [value.code, { summary: value.title, value }]);
  return applyDecorators(
    ApiExtraModels(type),
    ApiResponse({
      status: problems[0].status,
      description,
      ...(headers && { headers }),
      content: {
        [PROBLEM_TYPE]: {
          schema: { $ref: getSchemaPath(type) },
          examples: Object.fromEntries(examples),
        },
      },
    }),
  );
}
