import { Inject, Injectable } from '@nestjs/common';
import {
  CLOCK,
  type Clock,
  LIMITER,
  type Limiter,
  REPLICA_REPORTS,
  type ReplicaReports,
} from '../store/store.tokens.ts';
import { Settings } from '../settings/settings.ts';
import type { SnapshotBody } from './bodies/snapshot.body.ts';
import { sentenceOf } from './report/limiter-probe.ts';
import { isReplicaReport, type Reported } from './report/replica-report.ts';
import { makeBot, UNKNOWN_BOT } from './snapshot/make-bot.ts';
import { makeReplicas } from './snapshot/make-replicas.ts';
import { readBot } from './snapshot/reading.ts';

/** All of a snapshot but which one it is. */
export type LiveBody = Omit<SnapshotBody, 'version' | 'at'>;

/** Puts together what the limiter says and what all replicas report. */
@Injectable()
export class SnapshotMaker {
  constructor(
    @Inject(LIMITER) private readonly limiter: Limiter,
    @Inject(REPLICA_REPORTS) private readonly reports: ReplicaReports,
    @Inject(Settings) private readonly settings: Pick<Settings, 'bots'>,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * How things stand now. Never rejects: while the store is away they stand as they did.
   *
   * @param before how they stood at the last tick
   */
  async make(before: LiveBody | undefined): Promise<LiveBody> {
    try {
      return await this.#read(before);
    } catch (error) {
      return {
        bots: before?.bots ?? this.#unknownBots(),
        replicas: before?.replicas ?? {},
        limiter: { available: false, error: sentenceOf(error) },
      };
    }
  }

  async #read(before: LiveBody | undefined): Promise<LiveBody> {
    const { bots } = this.settings;
    const [reports, ...readings] = await Promise.all([
      this.#reports(),
      ...bots.map(async (bot) => ({ bot, read: await readBot(this.limiter, bot.id) })),
    ]);
    const wallNow = this.clock.wallNow();
    return {
      bots: Object.fromEntries(
        readings.map(({ bot, read }) => [
          bot.id,
          makeBot(bot, read, reports, wallNow, before?.bots[bot.id]),
        ]),
      ),
      replicas: makeReplicas(reports, wallNow, before?.replicas ?? {}),
      limiter: { available: true },
    };
  }

  async #reports(): Promise<Reported[]> {
    const reports = await this.reports.all();
    return reports.flatMap(({ report, ...rest }) =>
      isReplicaReport(report) ? [{ report, ...rest }] : [],
    );
  }

  #unknownBots(): LiveBody['bots'] {
    return Object.fromEntries(this.settings.bots.map(({ id }) => [id, UNKNOWN_BOT]));
  }
}
