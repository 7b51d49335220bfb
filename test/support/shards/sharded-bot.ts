import { startFakeDiscord, type FakeDiscord, type FakeDiscordOptions } from '../discord/index.ts';
import { startService, type Service } from '../service/service.ts';
import { spawnShards, type ShardsOptions, type SpawnedShards } from './spawn-shards.ts';

/** Discord's own, ms. */
const WINDOW_MS = 5000;

const PROCESSES = 4;

export interface ShardedBotOptions extends Pick<ShardsOptions, 'shardCount' | 'program'> {
  readonly maxConcurrency: number;
  /** Of the network between shards and gateway. */
  readonly jitter: NonNullable<FakeDiscordOptions['jitter']>;
}

/** How a bot's shards came to be READY. */
interface Boot {
  /** How many shards are. */
  readonly ready: number;
  readonly identifies: number;
  readonly invalidSessions: number;
  readonly tokenResets: number;
  /** IDENTIFYs that were accepted, bucket by bucket. */
  readonly perBucket: readonly number[];
  /** The smallest times between two of a bucket, ms, where they are under Discord's window. */
  readonly tooEarly: readonly number[];
}

/** A bot whose real shards, in 4 processes, ask the service and identify at Discord with its true window. */
export class ShardedBot {
  private constructor(
    private readonly options: ShardedBotOptions,
    private readonly discord: FakeDiscord,
    private readonly service: Service,
    private readonly shards: SpawnedShards,
  ) {}

  static async start(options: ShardedBotOptions): Promise<ShardedBot> {
    const { jitter, maxConcurrency, shardCount } = options;
    const discord = await startFakeDiscord({
      windowMs: WINDOW_MS,
      jitter,
      bots: [{ token: 'fake-token', shards: shardCount, maxConcurrency }],
    });
    const service = await startService({
      DISCORD_TOKEN: 'fake-token',
      DISCORD_API_URL: discord.url,
    });
    const shards = spawnShards({
      ...options,
      queueUrl: service.url,
      discordUrl: discord.url,
      processes: PROCESSES,
    });
    return new ShardedBot(options, discord, service, shards);
  }

  /** Resolves when all shards are READY, to how they came to be; rejects when one of them cannot be. */
  async booted(): Promise<Boot> {
    const ready = await this.shards.allReady();
    const { log } = this.discord;
    return {
      ready: new Set(ready.map(({ shard }) => shard)).size,
      identifies: log.of('identify').length,
      invalidSessions: log.invalidSessions().length,
      tokenResets: log.of('token-reset').length,
      perBucket: [...log.acceptedByKey().values()].map(({ length }) => length),
      tooEarly: [...log.smallestGapByKey().values()].filter((gapMs) => gapMs < WINDOW_MS),
    };
  }

  /** From the first IDENTIFY to the last, as a share of what the windows alone make of it. */
  shareOfIdeal(): number {
    const times = this.discord.log.of('identify').map(({ judgedAt }) => judgedAt);
    const { maxConcurrency, shardCount } = this.options;
    const idealMs = (shardCount / maxConcurrency - 1) * WINDOW_MS;
    return (Math.max(...times) - Math.min(...times)) / idealMs;
  }

  async end(): Promise<void> {
    await this.shards.stop();
    await this.service.stop();
    await this.discord.close();
  }
}
