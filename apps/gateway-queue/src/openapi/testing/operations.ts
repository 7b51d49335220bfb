import type { OpenAPIObject } from '@nestjs/swagger';

/** An operation of the document, with its method and path. */
export interface DocumentedOperation {
  /** As in `GET /api/v1/session`. */
  readonly name: string;
  readonly path: string;
  readonly operation: Operation;
}

type PathItem = OpenAPIObject['paths'][string];
export type Operation = NonNullable<PathItem['get']>;

export function operationsOf({ paths }: OpenAPIObject): DocumentedOperation[] {
  return Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]: [string, Operation]) => ({
      name: `${method.toUpperCase()} ${path}`,
      path,
      operation,
    })),
  );
}
