import { applyDecorators } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, Matches } from 'class-validator';

/** Long enough to say why, and short enough for a banner. */
const MAX_LENGTH = 500;

/** Something to read: not blanks alone, and nothing that moves a terminal's cursor. */
const REASON = new RegExp(`^(?=.*\\S)[^\\p{Cc}]{1,${MAX_LENGTH}}$`, 'u');

/** What is right for a reason. */
export const REASON_RULE = `must be 1 to ${MAX_LENGTH} characters of text in one line`;

const DOCUMENTED = {
  description: 'Why, for the others and for the audit log.',
  minLength: 1,
  maxLength: MAX_LENGTH,
  pattern: REASON.source,
} as const;

/** Why somebody wants it. */
export function Reason(): PropertyDecorator {
  return applyDecorators(
    ApiProperty({ ...DOCUMENTED, example: 'Deploying the new shard host' }),
    Matches(REASON, { message: REASON_RULE }),
  );
}

/** The same where it may be left out. It has no example: Swagger UI would fill it in, and it would end up in the audit log. */
export function ReasonIfAny(): PropertyDecorator {
  return applyDecorators(
    ApiPropertyOptional(DOCUMENTED),
    IsOptional(),
    Matches(REASON, { message: REASON_RULE }),
  );
}
