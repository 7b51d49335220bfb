import { applyDecorators, type Type } from '@nestjs/common';
import { ApiExtraModels, ApiProperty, getSchemaPath } from '@nestjs/swagger';

/** Documents an object whose members all have the same class. `description` says what their names are. */
export function MapOf(
  type: Type<unknown>,
  description: string,
  example?: Readonly<Record<string, unknown>>,
): PropertyDecorator {
  return applyDecorators(
    // Of a class or a method; the property's own class is what it ends up on.
    (target: object) => ApiExtraModels(type)(target.constructor),
    ApiProperty({
      type: 'object',
      description,
      additionalProperties: { $ref: getSchemaPath(type) },
      ...(example && { example }),
    }),
  );
}
