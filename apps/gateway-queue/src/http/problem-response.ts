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

/** Where {@link problemResponse} notes on a class or method which examples it has there already, by status. */
const DOCUMENTED = Symbol('documented problems');

type Examples = Readonly<Record<string, { summary: string; value: ProblemBody }>>;

/**
 * Documents an answer that is a problem: with its content type, which is not the one of all other answers. Where several
 * name one status, their descriptions and examples stand together.
 */
export function problemResponse({
  description,
  problems,
  type = ProblemBody,
  headers,
}: ProblemResponse): MethodDecorator & ClassDecorator {
  const { status } = problems[0];
  return (target: object, key?: string | symbol, descriptor?: PropertyDescriptor): void => {
    const place: object = descriptor ? descriptor.value : target;
    const before: Readonly<Record<number, Examples>> | undefined = Reflect.getOwnMetadata(
      DOCUMENTED,
      place,
    );
    const examples: Examples = {
      ...before?.[status],
      ...Object.fromEntries(problems.map((value) => [value.code, { summary: value.title, value }])),
    };
    Reflect.defineMetadata(DOCUMENTED, { ...before, [status]: examples }, place);
    const document = applyDecorators(
      ApiExtraModels(type),
      ApiResponse({
        status,
        description,
        ...(headers && { headers }),
        content: { [PROBLEM_TYPE]: { schema: { $ref: getSchemaPath(type) }, examples } },
      }),
    );
    document(target, key, descriptor);
  };
}
