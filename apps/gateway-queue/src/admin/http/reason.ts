import { applyDecorators } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, Matches } from 'class-validator';

/** Long enough to say why, and short enough for a banner. */
const MAX_LENGTH = 500;

/** Text with at least one visible character, and without control characters, which could move a terminal's cursor. */
const REASON = new RegExp(`^(?=.*\\S)[^\\p{Cc}]{1,${MAX_LENGTH}}$`, 'u');

/** The rule for a reason. */
export const REASON_RULE = `must be 1 to ${MAX_LENGTH} characters of text in one line`;

const DOCUMENTED = {
  description: 'Why, for the other operators and for the audit log.',
  minLength: 1,
  maxLength: MAX_LENGTH,
  pattern: REASON.source,
} as const;

/** Reads and documents the operator's reason. */
export function Reason(): PropertyDecorator {
  return applyDecorators(
    ApiProperty({ ...DOCUMENTED, example: 'Deploying the new shard host' }),
    Matches(REASON, { message: REASON_RULE }),
  );
}

/** The same for an optional reason. It has no example: Swagger UI would fill it in, and it would end up in the audit log. */
export function ReasonIfAny(): PropertyDecorator {
  return applyDecorators(
    ApiPropertyOptional(DOCUMENTED),
    IsOptional(),
    Matches(REASON, { message: REASON_RULE }),
  );
}
