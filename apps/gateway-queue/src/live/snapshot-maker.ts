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

/** A snapshot without the number of its version. */
export type LiveBody = Omit<SnapshotBody, 'version'>;

/** Makes a snapshot of what the limiter tells and all replicas report. */
@Injectable()
export class SnapshotMaker {
  constructor(
    @Inject(LIMITER) private readonly limiter: Limiter,
    @Inject(REPLICA_REPORTS) private readonly reports: ReplicaReports,
    @Inject(Settings) private readonly settings: Pick<Settings, 'bots'>,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * The state of now. Never rejects: while the store is away, bots and replicas stay as they were.
   *
   * @param before the state of the last tick
   */
  async make(before: LiveBody | undefined): Promise<LiveBody> {
    try {
      return await this.#read();
    } catch (error) {
      return {
        at: this.clock.wallNow(),
        bots: before?.bots ?? this.#unknownBots(),
        replicas: before?.replicas ?? {},
        limiter: { available: false, error: sentenceOf(error) },
      };
    }
  }

  async #read(): Promise<LiveBody> {
    const { bots } = this.settings;
    const [reports, ...readings] = await Promise.all([
      this.#reports(),
      ...bots.map(async (bot) => ({ bot, reading: await readBot(this.limiter, bot.id) })),
    ]);
    return {
      at: Math.round(Math.max(...readings.map(({ reading }) => reading.now))),
      bots: Object.fromEntries(
        readings.map(({ bot, reading }) => [bot.id, makeBot(bot, reading, reports)]),
      ),
      replicas: makeReplicas(reports),
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
