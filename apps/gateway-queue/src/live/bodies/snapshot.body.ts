import { ApiProperty } from '@nestjs/swagger';
import { BotBody } from './bot.body.ts';
import { LimiterBody } from './limiter.body.ts';
import { MapOf } from './map-of.ts';
import { Moment } from './moment.ts';
import { ReplicaBody } from './replica.body.ts';

/**
 * The live state of all replicas. Clients patch it (RFC 7396), so lists are objects by id, and a value that does not apply
 * is absent: a null would delete it.
 */
export class SnapshotBody {
  @ApiProperty({
    description: 'Grows by one with each change, in the process that answers.',
    type: 'integer',
    minimum: 1,
    example: 17,
  })
  readonly version!: number;

  @Moment(
    "When this version was made, on the store's clock: what moments of bots compare with, unless they say otherwise.",
  )
  readonly at!: number;

  @MapOf(BotBody, 'Every bot of the settings, by its id.')
  readonly bots!: Readonly<Record<string, BotBody>>;

  @MapOf(ReplicaBody, 'Every replica that has reported within 5 s, by its name.')
  readonly replicas!: Readonly<Record<string, ReplicaBody>>;

  @ApiProperty({ type: LimiterBody })
  readonly limiter!: LimiterBody;
}
