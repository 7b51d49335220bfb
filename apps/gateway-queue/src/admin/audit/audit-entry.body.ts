import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { AuditAction, AuditEntry } from '@gateway-queue/operator-records';
import { Moment } from '../../live/bodies/moment.ts';
import { AUDIT_ACTIONS } from './audit-actions.ts';

/** A change, a login, a failed login or a logout. What does not apply is absent. */
export class AuditEntryBody {
  @ApiProperty({
    description: 'Grows with each entry.',
    type: 'integer',
    format: 'int64',
    example: 1_767_225_600_017,
  })
  readonly id!: number;

  @Moment('When.')
  readonly at!: number;

  @ApiProperty({ enum: [...AUDIT_ACTIONS], example: 'pause' })
  readonly action!: AuditAction;

  @ApiPropertyOptional({
    description: 'The operator; absent after a failed login.',
    example: 'kim',
  })
  readonly by?: string;

  @ApiProperty({ description: 'The IP address of the request.', example: '10.0.3.7' })
  readonly from!: string;

  @ApiPropertyOptional({ example: 'default' })
  readonly bot?: string;

  @ApiPropertyOptional({ type: 'integer', minimum: 0, example: 3 })
  readonly bucket?: number;

  @ApiPropertyOptional({
    description: 'The id of the waiter that was evicted.',
    example: '7b1f0a52-9a5c-4a57-8d6e-7f6f5d0c9a11.12',
  })
  readonly target?: string;

  @ApiPropertyOptional({ description: 'Why.', example: 'Deploying the new shard host' })
  readonly reason?: string;

  @ApiProperty({
    description: 'Further values, which depend on the action.',
    type: 'object',
    additionalProperties: {
      oneOf: [{ type: 'string', nullable: true }, { type: 'number' }, { type: 'boolean' }],
    },
    example: { durationMs: 600_000 },
  })
  readonly details!: AuditEntry['details'];
}

/** A part of the audit log. */
export class AuditBody {
  @ApiProperty({ description: 'Newest first.', type: [AuditEntryBody] })
  readonly items!: readonly AuditEntryBody[];

  @ApiPropertyOptional({
    description: 'What to send as `before` for the next page; absent on the last.',
    type: 'integer',
    format: 'int64',
    example: 1_767_225_600_017,
  })
  readonly next?: number;
}

export function toAuditEntryBody(entry: AuditEntry): AuditEntryBody {
  const { action, at, bot, bucket, by, details, from, id, reason, target } = entry;
  return {
    id,
    at,
    action,
    ...(by !== null && { by }),
    from,
    ...(bot !== null && { bot }),
    ...(bucket !== null && { bucket }),
    ...(target !== null && { target }),
    ...(reason !== null && { reason }),
    details,
  };
}
