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

/** Where {@link problemResponse} notes on a method which examples it has there already, by status. */
const DOCUMENTED = Symbol('documented problems');

type Examples = Readonly<Record<string, { summary: string; value: ProblemBody }>>;

/**
 * Documents an answer that is a problem: with its content type, which is not the one of all other answers. Where several
 * name one status, their descriptions and examples stand together. On a class it documents each of its methods.
 */
export function problemResponse(response: ProblemResponse): MethodDecorator & ClassDecorator {
  return (target: object, key?: string | symbol, descriptor?: PropertyDescriptor): void => {
    if (descriptor) document(response, target, key ?? '', descriptor);
    // Nest would drop what a class says of a status that its method speaks of, too.
    else for (const method of methodsOf(target)) document(response, target, '', method);
  };
}

/** By the time that a class is decorated its methods have been. */
function methodsOf(target: object): PropertyDescriptor[] {
  const prototype: unknown = Reflect.get(target, 'prototype');
  const members = Object.values(Object.getOwnPropertyDescriptors(prototype ?? {}));
  return members.filter(({ value }) => typeof value === 'function' && value !== target);
}

function document(
  { description, problems, type = ProblemBody, headers }: ProblemResponse,
  target: object,
  key: string | symbol,
  descriptor: PropertyDescriptor,
): void {
  const { status } = problems[0];
  const method: object = descriptor.value;
  const before: Readonly<Record<number, Examples>> | undefined = Reflect.getOwnMetadata(
    DOCUMENTED,
    method,
  );
  const examples: Examples = {
    ...before?.[status],
    ...Object.fromEntries(problems.map((value) => [value.code, { summary: value.title, value }])),
  };
  Reflect.defineMetadata(DOCUMENTED, { ...before, [status]: examples }, method);
  const decorate = applyDecorators(
    ApiExtraModels(type),
    ApiResponse({
      status,
      description,
      ...(headers && { headers }),
      content: { [PROBLEM_TYPE]: { schema: { $ref: getSchemaPath(type) }, examples } },
    }),
  );
  decorate(target, key, descriptor);
}
