import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Access } from '../../auth/access.ts';
import { Settings } from '../../settings/settings.ts';
import { documentLimiterUnavailable } from '../http/document-limiter.ts';
import { documentQuery } from '../http/document-query.ts';
import { PausesBody } from './listed-pause.body.ts';
import { BOT_RULE, PausesQuery } from './pauses.query.ts';
import { Pausing } from './pausing.ts';

/** The pauses of all bots. */
@ApiTags('pauses')
@Access('viewer')
@Controller('api/v1/pauses')
export class PausesController {
  constructor(
    @Inject(Pausing) private readonly pausing: Pausing,
    @Inject(Settings) private readonly settings: Settings,
  ) {}

  @Get()
  @ApiOperation({ summary: 'List the pauses that hold, the dormant ones too' })
  @ApiOkResponse({ type: PausesBody })
  @documentQuery('bot', BOT_RULE)
  @documentLimiterUnavailable()
  async list(@Query() { bot }: PausesQuery): Promise<PausesBody> {
    const ids = this.settings.bots.map(({ id }) => id);
    const wanted = ids.filter((id) => bot === undefined || id === bot);
    const pauses = await Promise.all(wanted.map((id) => this.pausing.all(id)));
    return { items: pauses.flat() };
  }
}
