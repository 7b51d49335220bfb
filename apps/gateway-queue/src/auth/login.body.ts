import { ApiProperty } from '@nestjs/swagger';
import { IsString, Length } from 'class-validator';

/** Longer than any token is. */
const MOST_LENGTH = 512;

/** What somebody logs in with. */
export class LoginBody {
  @ApiProperty({
    description: 'A token of ADMIN_TOKENS.',
    format: 'password',
    minLength: 1,
    maxLength: MOST_LENGTH,
  })
  @IsString({ message: 'must be a token, as text' })
  @Length(1, MOST_LENGTH, { message: `must be a token of 1 to ${MOST_LENGTH} characters` })
  readonly token!: string;
}
