import { ApiProperty } from '@nestjs/swagger';

/** Documents what became of a permit. */
export function Status(): PropertyDecorator {
  return ApiProperty({
    description:
      'What became of it: nobody is going to say (`granted`), it is still to be said (`pending`), ' +
      'Discord has accepted the IDENTIFY (`confirmed`), nobody said so in time (`expired`; `confirmed` if somebody still does while it keeps its bucket closed), ' +
      'it was not used (`released`).',
    enum: ['granted', 'pending', 'confirmed', 'expired', 'released'],
    example: 'confirmed',
  });
}
