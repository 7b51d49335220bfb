import { Inject, Injectable, Logger } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyAdapter } from '@nestjs/platform-fastify';
import { Draining } from '../connections/draining.ts';
import { CLOCK, type Clock } from '../store/store.tokens.ts';
import { HeldRequests } from '../connections/held-requests.ts';
import { Settings } from '../settings/settings.ts';

/** How long answers under way may take after the last held request has ended, in ms. */
const LAST_ANSWERS_MS = 1000;

/** Ends the service. No shard loses its place, and no client takes the end for a permit. */
@Injectable()
export class Shutdown {
  private readonly logger = new Logger(Shutdown.name);

  constructor(
    @Inject(Draining) private readonly draining: Draining,
    @Inject(HeldRequests) private readonly heldRequests: HeldRequests,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(Settings) private readonly settings: Settings,
    @Inject(HttpAdapterHost) private readonly adapterHost: HttpAdapterHost<FastifyAdapter>,
  ) {}

  /**
   * Turns new requests away at once, and ends the held ones after `SHUTDOWN_DELAY_MS`. By then a load balancer that
   * watches readiness sends requests elsewhere.
   *
   * @param close closes the application
   */
  async run(close: () => Promise<void>): Promise<void> {
    this.logger.log(
      { held: this.heldRequests.size },
      'Shutting down: readiness fails, new requests are turned away',
    );
    this.draining.begin();
    await this.#wait(this.settings.shutdownDelayMs);
    this.logger.log(
      { held: this.heldRequests.size },
      'Ending the held requests; their places are kept',
    );
    await this.heldRequests.drain();
    // A connection that never sent a request, or takes its answer slowly, would hold up the end.
    const server = this.adapterHost.httpAdapter.getInstance().server;
    this.clock.setTimer(LAST_ANSWERS_MS, () => server.closeAllConnections());
    await close();
    this.logger.log('Shut down');
  }

  #wait(ms: number): Promise<void> {
    return new Promise((resolve) => {
      this.clock.setTimer(ms, resolve);
    });
  }
}
