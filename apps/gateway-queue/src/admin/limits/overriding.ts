import { Inject, Injectable } from '@nestjs/common';
import { dividesDiscords } from '@gateway-queue/identify-limiter';
import type { LimitsOverride } from '@gateway-queue/operator-records';
import type { ActingOperator } from '../../auth/identity.ts';
import { GatewayInfoService } from '../../gateway-info/gateway-info.service.ts';
import { divisorRule } from '../../gateway-info/wanted-max-concurrency.ts';
import { Problem } from '../../http/problem.ts';
import {
  LIMITER,
  type Limiter,
  LIMITS_OVERRIDES,
  type LimitsOverrides,
} from '../../store/store.tokens.ts';
import { Changes } from '../changes.ts';
import { unknownResource } from '../http/unknown-resource.ts';
import { outdated } from './if-match.ts';
import type { OverrideBody, OverrideOrderBody } from './override.body.ts';
import { StoreAnswers } from '../../store/store-answers.ts';

/** An override as it is answered, and its version. */
interface FoundOverride {
  readonly body: OverrideBody;
  readonly version: number;
}

/** The operators' overrides of max_concurrency. */
@Injectable()
export class Overriding {
  constructor(
    @Inject(LIMITS_OVERRIDES) private readonly overrides: LimitsOverrides,
    @Inject(LIMITER) private readonly limiter: Pick<Limiter, 'limits'>,
    @Inject(GatewayInfoService) private readonly gatewayInfo: Pick<
      GatewayInfoService,
      'applyOverride'
    >,
    @Inject(StoreAnswers) private readonly answers: StoreAnswers,
    @Inject(Changes) private readonly changes: Changes,
  ) {}

  async find(bot: string): Promise<FoundOverride | undefined> {
    const found = await this.answers.fromRecords(this.overrides.of(bot));
    return found && toFound(found);
  }

  /**
   * @param ifVersion the version that the operator expects, 0 for none; undefined to replace any version
   * @throws Problem (as a rejection) when there is another version, or Discord's max_concurrency cannot be divided so
   */
  async put(
    bot: string,
    { maxConcurrency, reason }: OverrideOrderBody,
    ifVersion: number | undefined,
    operator: ActingOperator,
  ): Promise<FoundOverride> {
    await this.#findAsSeen(bot, ifVersion);
    await this.#assertDivides(bot, maxConcurrency);
    const change = { bot, reason, details: { maxConcurrency } };
    const override = { maxConcurrency, reason, by: operator.name };
    return this.changes.carryOut(operator, 'override-limits', change, async () => {
      const put = await this.answers.fromRecords(this.overrides.set(bot, override, ifVersion));
      if (put === undefined) throw outdated();
      await this.answers.fromLimiter(this.gatewayInfo.applyOverride(bot));
      return toFound(put);
    });
  }

  /**
   * Does nothing, and writes nothing to the audit log, when there is no override.
   *
   * @param ifVersion the version that the operator expects; undefined to lift any version
   * @throws Problem (as a rejection) when there is another version, or none any more
   */
  async lift(
    bot: string,
    reason: string | undefined,
    ifVersion: number | undefined,
    operator: ActingOperator,
  ): Promise<void> {
    if ((await this.#findAsSeen(bot, ifVersion)) === undefined) return;
    const change = { bot, reason: reason ?? null };
    await this.changes.carryOut(operator, 'lift-override', change, async () => {
      const lift = await this.answers.fromRecords(this.overrides.lift(bot, ifVersion));
      if (lift === 'outdated') throw outdated();
      await this.answers.fromLimiter(this.gatewayInfo.applyOverride(bot));
    });
  }

  /** While Discord's value is not known, the override is checked once it is. */
  async #assertDivides(bot: string, maxConcurrency: number): Promise<void> {
    const limits = await this.answers.fromLimiter(this.limiter.limits(bot));
    const discords = limits?.discordMaxConcurrency ?? null;
    if (discords === null || dividesDiscords(maxConcurrency, discords)) return;
    throw notADivisor(discords);
  }

  /** Keeps a change out of the audit log that would not be made. @throws Problem (as a rejection) as its callers do */
  async #findAsSeen(
    bot: string,
    ifVersion: number | undefined,
  ): Promise<FoundOverride | undefined> {
    const today = await this.find(bot);
    if (ifVersion !== undefined && (today?.version ?? 0) !== ifVersion) throw outdated();
    return today;
  }
}

function toFound({ version, ...body }: LimitsOverride): FoundOverride {
  return { body, version };
}

export function notADivisor(discordMaxConcurrency: number): Problem {
  const parameter = 'maxConcurrency';
  const detail = `${parameter}: ${divisorRule(discordMaxConcurrency)}.`;
  return Problem.of('not-a-divisor', detail, parameter);
}

export function noSuchOverride(): Problem {
  return unknownResource(
    "There is no override; the limits are Discord's, or those of the settings.",
  );
}
