import { ApiProperty } from '@nestjs/swagger';
import { WANTED_BY, type WantedMaxConcurrency } from '../../gateway-info/wanted-max-concurrency.ts';

/** A max_concurrency that does not hold, because it does not divide Discord's. */
export class IgnoredBody implements WantedMaxConcurrency {
  @ApiProperty({
    description: 'The number of buckets that is wanted.',
    type: 'integer',
    minimum: 1,
    example: 10,
  })
  readonly maxConcurrency!: number;

  @ApiProperty({
    description: "What wants it: an operator's override, or the settings.",
    enum: WANTED_BY,
    example: 'settings',
  })
  readonly from!: WantedMaxConcurrency['from'];
}
