import { ApiProperty, ApiPropertyOptional, type ApiPropertyOptions } from '@nestjs/swagger';

const EPOCH_MS = { type: 'integer', format: 'int64' } as const;

/** Documents a moment: ms since the Unix epoch. */
export function Moment(description: string, example = 1_767_225_600_000): PropertyDecorator {
  return ApiProperty({ ...optionsOf(description), example });
}

/** The same for an optional moment. */
export function MomentIfAny(description: string, example = 1_767_225_605_250): PropertyDecorator {
  return ApiPropertyOptional({ ...optionsOf(description), example });
}

function optionsOf(description: string): ApiPropertyOptions {
  return { ...EPOCH_MS, description: `${description} In ms since the Unix epoch.` };
}
