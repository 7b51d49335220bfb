import { applyDecorators } from '@nestjs/common';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsInt, IsOptional } from 'class-validator';
import { parseWholeNumber, wholeNumberRule } from './whole-number.ts';

export interface WholeNumberParameterOptions {
  readonly description: string;
  readonly least: number;
  readonly most: number;
  readonly default?: number;
}

/** Reads a query parameter that may be left out as a whole number, and documents it: without an example, which Swagger UI would fill in. */
export function WholeNumberParameter({
  description,
  least,
  most,
  default: otherwise,
}: WholeNumberParameterOptions): PropertyDecorator {
  return applyDecorators(
    ApiPropertyOptional({
      description,
      type: 'integer',
      minimum: least,
      maximum: most,
      ...(otherwise !== undefined && { default: otherwise }),
    }),
    IsOptional(),
    // What is no such number stays as it is, for the validation to find.
    Transform(({ value }: { value: unknown }) => parseWholeNumber(value, least, most) ?? value),
    IsInt({ message: wholeNumberRule(least, most) }),
  );
}
