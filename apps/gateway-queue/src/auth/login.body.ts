import { ApiProperty } from '@nestjs/swagger';
import { IsString, Length } from 'class-validator';

/** Longer than any token is. */
const MAX_LENGTH = 512;

/** What an operator logs in with. */
export class LoginBody {
  @ApiProperty({
    description: 'A token of ADMIN_TOKENS.',
    format: 'password',
    minLength: 1,
    maxLength: MAX_LENGTH,
  })
  @IsString({ message: 'must be a token, as text' })
  @Length(1, MAX_LENGTH, { message: `must be a token of 1 to ${MAX_LENGTH} characters` })
  readonly token!: string;
}
