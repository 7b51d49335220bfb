import { Controller, Get, HttpCode, HttpStatus, Inject, Param, Post, Res } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiAcceptedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Access } from '../../auth/access.ts';
import { CurrentOperator } from '../../auth/current-operator.ts';
import type { ActingOperator } from '../../auth/identity.ts';
import { GatewayInfoService } from '../../gateway-info/gateway-info.service.ts';
import { IGNORE_BODY } from '../../http/ignore-body.ts';
import { Changes } from '../changes.ts';
import { documentLimiterUnavailable } from '../http/document-limiter.ts';
import { BotInPath } from '../http/in-path.ts';
import { KnownBotPipe } from '../http/known-bot.pipe.ts';
import { documentUnknown, noSuchBot } from '../http/unknown-resource.ts';
import { BotsBody, NamedBotBody } from './bot-summary.body.ts';
import { SeenBots } from './seen-bots.ts';
import { StoreAnswers } from '../../store/store-answers.ts';

/** The bots of the settings. */
@ApiTags('bots')
@Access('viewer')
@Controller('api/v1/bots')
export class BotsController {
  constructor(
    @Inject(SeenBots) private readonly bots: SeenBots,
    @Inject(GatewayInfoService) private readonly gatewayInfo: GatewayInfoService,
    @Inject(Changes) private readonly changes: Changes,
    @Inject(StoreAnswers) private readonly answers: StoreAnswers,
  ) {}

  @Get()
  @ApiOperation({ summary: 'List the bots, with how each fares' })
  @ApiOkResponse({ type: BotsBody })
  @documentLimiterUnavailable()
  async list(): Promise<BotsBody> {
    const bots = await this.bots.all();
    return { items: bots.map(({ buckets: _buckets, recentPermits: _permits, ...bot }) => bot) };
  }

  @Get(':bot')
  @BotInPath()
  @ApiOperation({ summary: 'See one bot: limits, budget, buckets, pauses and the newest permits' })
  @ApiOkResponse({ type: NamedBotBody })
  @documentLimiterUnavailable()
  @documentUnknown(noSuchBot())
  show(@Param('bot', KnownBotPipe) bot: string): Promise<NamedBotBody> {
    return this.bots.one(bot);
  }

  @Post(':bot/refreshes')
  @HttpCode(HttpStatus.ACCEPTED)
  @RouteConfig(IGNORE_BODY)
  @Access('operator')
  @BotInPath()
  @ApiOperation({
    summary: "Ask Discord for the bot's limits now",
    description:
      'A token that came from a file is read again. While Discord wants to be left alone it is not asked. `info` of the bot tells how it went.',
  })
  @ApiAcceptedResponse({
    description: 'The replica that asks Discord has been told to.',
    headers: { Location: { description: 'The bot.', schema: { type: 'string' } } },
  })
  @documentUnknown(noSuchBot())
  @documentLimiterUnavailable()
  async refresh(
    @Param('bot', KnownBotPipe) bot: string,
    @CurrentOperator() operator: ActingOperator,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    await this.changes.carryOut(operator, 'refresh', { bot }, () =>
      this.answers.fromLimiter(this.gatewayInfo.refresh(bot)),
    );
    reply.header('location', `/api/v1/bots/${encodeURIComponent(bot)}`);
  }
}
