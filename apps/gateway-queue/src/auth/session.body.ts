import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { type Operator, type Role, ROLES } from '@gateway-queue/operator-records';

/** The operator that a request comes from. */
export class SessionBody {
  @ApiProperty({
    description: 'What the audit log calls the holder of the token.',
    example: 'alice',
  })
  readonly name!: string;

  @ApiProperty({ description: 'A viewer may change nothing.', enum: ROLES, example: 'operator' })
  readonly role!: Role;

  @ApiProperty({
    description: 'When to log in again; null without a session, as with a bearer token.',
    type: String,
    format: 'date-time',
    nullable: true,
    example: '2026-01-01T12:00:00.000Z',
  })
  readonly expiresAt!: string | null;

  @ApiPropertyOptional({
    description: '`ENVIRONMENT`: which installation this is; absent where that is not set.',
    example: 'production',
  })
  readonly environment?: string;
}

/**
 * @param expiresAt ms since the Unix epoch; null without a session
 * @param environment the name of this installation; undefined without `ENVIRONMENT`
 */
export function toSessionBody(
  { name, role }: Operator,
  expiresAt: number | null,
  environment: string | undefined,
): SessionBody {
  return {
    name,
    role,
    expiresAt: expiresAt === null ? null : new Date(expiresAt).toISOString(),
    ...(environment !== undefined && { environment }),
  };
}
