import { Controller, Get, Headers, Inject, Req, Res } from '@nestjs/common';
import { ApiExtraModels, ApiHeader, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Access } from '../../auth/access.ts';
import { identityOf } from '../../auth/identity.ts';
import { problemResponse } from '../../http/problem-response.ts';
import { SnapshotBody } from '../bodies/snapshot.body.ts';
import { EventStreams, shuttingDown, tooMany } from './event-streams.ts';

const EXAMPLE = [
  'retry: 2000\n',
  'event: snapshot',
  'id: 5f0c-17',
  'data: {"version":17,"at":1767225600000,"bots":{},"replicas":{},"limiter":{"available":true}}\n',
  'event: change',
  'id: 5f0c-18',
  'data: {"version":18,"at":1767225601000,"limiter":{"available":false,"error":"There is no connection to Redis yet"}}\n',
  ':\n\n',
].join('\n');

/** The live state as it changes. */
@ApiTags('live')
@Access('viewer')
@ApiExtraModels(SnapshotBody)
@Controller('api/v1/events')
export class EventsController {
  constructor(@Inject(EventStreams) private readonly streams: EventStreams) {}

  @Get()
  @ApiOperation({
    summary: 'Follow the live state',
    description:
      'Server-sent events. First `snapshot`, with the whole state (the schema `SnapshotBody`); then, at most once a ' +
      'second and only when something has changed, `change`, with a JSON merge patch (RFC 7396) of what came before. ' +
      'A comment comes every 15 s at least. A reader that does not read is dropped. Swagger UI shows answers that end, ' +
      'which this one does not: follow it with `curl -N`.',
  })
  @ApiHeader({
    name: 'Last-Event-ID',
    required: false,
    description:
      'The id of the event that was read last, as browsers send by themselves. If all that came since is still kept, ' +
      'for about half a minute, only that is sent, else a new `snapshot`.',
  })
  @ApiOkResponse({
    description: 'The events. The stream ends with the session, and when the replica shuts down.',
    content: { 'text/event-stream': { schema: { type: 'string' }, example: EXAMPLE } },
  })
  @problemResponse({
    description: 'Too many streams are open, or the replica shuts down.',
    problems: [tooMany().body, shuttingDown().body],
  })
  async follow(
    @Headers('last-event-id') lastEventId: string | undefined,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    this.streams.open(reply, lastEventId, identityOf(request).session);
  }
}
