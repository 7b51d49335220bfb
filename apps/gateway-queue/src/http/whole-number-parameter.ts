import { applyDecorators } from '@nestjs/common';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsInt, IsOptional } from 'class-validator';
import { parseWholeNumber, wholeNumberRule } from './whole-number.ts';

export interface WholeNumberParameterOptions {
  readonly description: string;
  readonly min: number;
  readonly max: number;
  readonly default?: number;
}

/** Reads an optional query parameter as a whole number, and documents it without an example, which Swagger UI would fill in. */
export function WholeNumberParameter({
  description,
  min,
  max,
  default: otherwise,
}: WholeNumberParameterOptions): PropertyDecorator {
  return applyDecorators(
    ApiPropertyOptional({
      description,
      type: 'integer',
      minimum: min,
      maximum: max,
      ...(otherwise !== undefined && { default: otherwise }),
    }),
    IsOptional(),
    // Any other value stays as it is, so that the validation refuses it.
    Transform(({ value }: { value: unknown }) => parseWholeNumber(value, min, max) ?? value),
    IsInt({ message: wholeNumberRule(min, max) }),
  );
}
