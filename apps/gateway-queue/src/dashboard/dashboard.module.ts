import { Inject, Logger, Module, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyAdapter } from '@nestjs/platform-fastify';
import { Settings } from '../settings/settings.ts';
import { BUILT_PAGE, PAGE_FOLDER, isBuilt } from './page-folder.ts';
import { sayNotBuilt, servePage } from './serve-page.ts';

/** Serves the operators' page. Every client may load it: it holds no data, and reads what it shows from the API. */
@Module({ providers: [{ provide: PAGE_FOLDER, useValue: BUILT_PAGE }] })
export class DashboardModule implements OnModuleInit {
  private readonly logger = new Logger('Dashboard');

  constructor(
    @Inject(HttpAdapterHost) private readonly host: HttpAdapterHost<FastifyAdapter>,
    @Inject(Settings) private readonly settings: Settings,
    @Inject(PAGE_FOLDER) private readonly folder: string,
  ) {}

  onModuleInit(): void {
    if (!this.settings.dashboard) return;
    const fastify = this.host.httpAdapter.getInstance();
    if (isBuilt(this.folder)) {
      servePage(fastify, this.folder);
      return;
    }
    this.logger.warn(
      { folder: this.folder },
      'The dashboard has not been built, so /dashboard/ says so instead; build it with npm run build',
    );
    sayNotBuilt(fastify);
  }
}
