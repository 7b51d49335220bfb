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
  /** The problems of one status, as they are answered. The status is that of the first one. */
  readonly problems: readonly [ProblemBody, ...ProblemBody[]];
  /** The class of the body, where it extends {@link ProblemBody}. */
  readonly type?: Type<ProblemBody>;
  readonly headers?: ApiResponseOptions['headers'];
}

/** The key of the examples that {@link problemResponse} has documented on a method, by status. */
const DOCUMENTED = Symbol('documented problems');

type Examples = Readonly<Record<string, { summary: string; value: ProblemBody }>>;

/**
 * Documents an answer that is a problem, with its own content type. Several decorators for one status are merged: their
 * descriptions and examples are listed together. On a class it documents each method.
 */
export function problemResponse(response: ProblemResponse): MethodDecorator & ClassDecorator {
  return (target: object, key?: string | symbol, descriptor?: PropertyDescriptor): void => {
    if (descriptor) document(response, target, key ?? '', descriptor);
    // Method by method: Nest drops the response of a class when the method documents the same status.
    else for (const method of methodsOf(target)) document(response, target, '', method);
  };
}

/** All methods of a class. They are decorated before the class. */
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
