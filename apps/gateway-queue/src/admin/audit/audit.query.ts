import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString, MaxLength } from 'class-validator';
import type { AuditAction } from '@gateway-queue/operator-records';
import { WholeNumberParameter } from '../../http/whole-number-parameter.ts';
import { BucketParameter } from '../http/bucket-parameter.ts';
import { AUDIT_ACTIONS } from './audit-actions.ts';

/** What is right for an action. */
export const ACTION_RULE = `must be given once, as one of ${AUDIT_ACTIONS.join(', ')}`;

/** As long as a name or an id may be. */
const MAX_LENGTH = 64;
const NAME_RULE = `must be given once, as a name of at most ${MAX_LENGTH} characters`;

/** Which entries. */
export class AuditQuery {
  @ApiPropertyOptional({ description: 'Only entries of this action.', enum: [...AUDIT_ACTIONS] })
  @IsOptional()
  @IsIn([...AUDIT_ACTIONS], { message: ACTION_RULE })
  readonly action?: AuditAction;

  @ApiPropertyOptional({ description: 'Only entries of this operator.', maxLength: MAX_LENGTH })
  @IsOptional()
  @IsString({ message: NAME_RULE })
  @MaxLength(MAX_LENGTH, { message: NAME_RULE })
  readonly by?: string;

  @ApiPropertyOptional({ description: 'Only entries about this bot.', maxLength: MAX_LENGTH })
  @IsOptional()
  @IsString({ message: NAME_RULE })
  @MaxLength(MAX_LENGTH, { message: NAME_RULE })
  readonly bot?: string;

  @BucketParameter('Only entries about this bucket.')
  readonly bucket?: number;

  @WholeNumberParameter({ description: 'How many at most.', min: 1, max: 500, default: 100 })
  readonly limit: number = 100;

  @WholeNumberParameter({
    description: 'Only entries older than the one with this id: `next` of the page before.',
    min: 0,
    max: Number.MAX_SAFE_INTEGER,
  })
  readonly before?: number;
}
