import type { BrowserContext, BrowserContextOptions } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import type { Service } from '../service/service.ts';
import { Chromium } from './chromium.ts';
import { OPERATOR, startDashboardService } from './dashboard-service.ts';
import { DashboardTab } from './dashboard-tab.ts';
import { WaitingShards } from './waiting-shards.ts';

/** What {@link useDashboard} prepares for each test of a file. */
export interface Dashboard {
  readonly service: Service;
  readonly shards: WaitingShards;
  /** A browser context of its own: its tabs share the cookies of no other test. */
  readonly context: BrowserContext;
  /** Replaces the context by another one, such as that of a phone. */
  newContext(options: BrowserContextOptions): Promise<void>;
  /** Opens a tab at `view` and waits until it follows the live state. */
  open(view: string, token?: string): Promise<DashboardTab>;
}

/** Starts Chromium once for the file that calls it, and a service with these settings for each of its tests. */
export function useDashboard(settings: Readonly<Record<string, string>>): Dashboard {
  let chromium: Chromium;
  let service: Service;
  let shards: WaitingShards;
  let context: BrowserContext;

  beforeAll(async () => {
    chromium = await Chromium.start();
  }, 600_000);
  beforeEach(async () => {
    service = await startDashboardService(settings);
    shards = new WaitingShards(service);
    context = await chromium.browser.newContext();
  });
  afterEach(async () => {
    shards.leave();
    await context.close();
    await service.kill();
  });
  afterAll(() => chromium.end());

  return {
    get service() {
      return service;
    },
    get shards() {
      return shards;
    },
    get context() {
      return context;
    },
    async newContext(options) {
      await context.close();
      context = await chromium.browser.newContext(options);
    },
    open: (view, token = OPERATOR) => DashboardTab.live(context, service.url, view, token),
  };
}
