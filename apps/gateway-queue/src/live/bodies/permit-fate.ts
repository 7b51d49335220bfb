import { ApiProperty } from '@nestjs/swagger';

/** Documents what became of a permit. */
export function Fate(): PropertyDecorator {
  return ApiProperty({
    description:
      'What became of it: nobody is going to say (`unconfirmed`), it is still to be said (`awaited`), ' +
      'Discord has accepted the IDENTIFY (`confirmed`), nobody said so in time (`abandoned`; `confirmed` if somebody still does while it keeps its bucket closed), ' +
      'it was not used (`given-back`).',
    enum: ['unconfirmed', 'awaited', 'confirmed', 'abandoned', 'given-back'],
    example: 'confirmed',
  });
}
