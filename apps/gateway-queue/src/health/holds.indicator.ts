import { Injectable } from '@nestjs/common';
import { HealthIndicatorService } from '@nestjs/terminus';
import { CHECK_TIMEOUT_MS } from './check-timeout.ts';
import { withoutWords } from '../holds/hold.ts';
import { HoldWatch } from '../holds/hold-watch.ts';

/**
 * What holds requests of this replica back for longer than their lines do: the indicator is `degraded`, and the probe does
 * not fail for it. Probes are public, so the words of a pause are left out.
 */
@Injectable()
export class HoldsIndicator {
  constructor(
    private readonly health: HealthIndicatorService,
    private readonly watch: HoldWatch,
  ) {}

  async check() {
    const indicator = this.health.check('holds');
    const holds = (await this.watch.current(CHECK_TIMEOUT_MS)).map(withoutWords);
    return holds.length === 0 ? indicator.up() : indicator.degraded({ holds });
  }
}
