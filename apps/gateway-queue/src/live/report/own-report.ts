import { Inject, Injectable } from '@nestjs/common';
import { IdentifyQueue } from '@gateway-queue/identify-queue';
import packageJson from '../../../../../package.json' with { type: 'json' };
import { Draining } from '../../connections/draining.ts';
import { HeldRequests } from '../../connections/held-requests.ts';
import { GatewayInfoService } from '../../gateway-info/gateway-info.service.ts';
import { withoutWords } from '../../holds/hold.ts';
import { HoldWatch } from '../../holds/hold-watch.ts';
import { CLOCK, type Clock, LIMITER, type Limiter } from '../../store/store.tokens.ts';
import { tenths } from '../tenths.ts';
import { EventLoopDelay } from './event-loop-delay.ts';
import { makeLines } from './make-lines.ts';
import { probeLimiter } from './limiter-probe.ts';
import { newReport, type ReplicaReport } from './replica-report.ts';

/** Makes this replica's report. */
@Injectable()
export class OwnReport {
  readonly #startedAt: number;

  constructor(
    @Inject(IdentifyQueue) private readonly queue: IdentifyQueue,
    @Inject(HoldWatch) private readonly holdWatch: Pick<HoldWatch, 'holds'>,
    @Inject(GatewayInfoService) private readonly gatewayInfo: GatewayInfoService,
    @Inject(HeldRequests) private readonly heldRequests: HeldRequests,
    @Inject(Draining) private readonly draining: Draining,
    @Inject(EventLoopDelay) private readonly eventLoopDelay: EventLoopDelay,
    @Inject(LIMITER) private readonly limiter: Limiter,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    this.#startedAt = clock.wallNow();
  }

  /** Never rejects. */
  async make(): Promise<ReplicaReport> {
    const { latencyMs, error } = await probeLimiter(this.limiter, this.clock);
    return newReport({
      version: packageJson.version,
      startedAt: this.#startedAt,
      heldRequests: this.heldRequests.size,
      eventLoopDelayMs: tenths(this.eventLoopDelay.take()),
      limiterLatencyMs: latencyMs === null ? null : tenths(latencyMs),
      limiterError: error,
      draining: this.draining.isDraining,
      gatewayInfo: this.gatewayInfo.status(),
      lines: makeLines(this.queue.lines(), this.limiter),
      holds: this.holdWatch.holds.map(withoutWords),
    });
  }
}
