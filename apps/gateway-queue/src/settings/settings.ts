import { isatty } from 'node:tty';
import { DefaultRestOptions } from '@discordjs/rest';
import type { AdminToken } from './admin-token.ts';
import { type BotSettings, MAX_BUCKETS, MAX_RESERVED } from './bot-settings.ts';
import type { Secret } from './secret.ts';
import { AdminTokenList, BearerToken, BotToken, RedisUrl } from './secret-kinds.ts';
import { LessThan } from './setting.ts';
import {
  ApiUrl,
  Cron,
  Host,
  Name,
  OneOf,
  Path,
  RedisPrefix,
  Share,
  TrueOrFalse,
  TrustedProxies,
  WholeNumber,
} from './setting-kinds.ts';

const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;

const STDOUT = 1;

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const MONTH_MS = 30 * DAY_MS;

/**
 * All settings, valid. Each property is read from the variable of its name (`dataDir` from `DATA_DIR`); its value here is
 * the default. docs/settings.md says what each one means, and a test holds it against this class.
 */
export class Settings {
  @Host()
  readonly host: string = '0.0.0.0';

  /** 0 means any free port. */
  @WholeNumber(0, 65_535, 'must be a whole number from 1 to 65535, or 0 for any free port')
  readonly port: number = 8080;

  /** Use {@link bots}. */
  @BotToken()
  readonly discordToken: Secret | undefined = undefined;

  /** Without a slash at the end. */
  @ApiUrl()
  readonly discordApiUrl: string = DefaultRestOptions.api;

  /** Use {@link bots}. */
  @Path()
  readonly botsFile: string | undefined = undefined;

  /** Use {@link bots}. */
  @WholeNumber(1, MAX_BUCKETS)
  readonly maxConcurrency: number | undefined = undefined;

  @Cron()
  readonly gatewayInfoCron: string = '*/5 * * * *';

  @WholeNumber(1, HOUR_MS)
  readonly identifyIntervalMs: number = 5000;

  @WholeNumber(0, MINUTE_MS)
  readonly identifyMarginMs: number = 750;

  @WholeNumber(1, HOUR_MS)
  readonly confirmTimeoutMs: number = 10_000;

  @WholeNumber(0, DAY_MS)
  readonly placeTtlMs: number = 90_000;

  /** Use {@link bots}. */
  @WholeNumber(0, MAX_RESERVED)
  readonly sessionReserve: number = 10;

  @WholeNumber(1, 1000)
  readonly crashLoopBurst: number = 5;

  @WholeNumber(1, DAY_MS)
  readonly crashLoopWindowMs: number = 900_000;

  /** Crash loops are throttled while no more than this share of the session starts is left: always with 1, never with 0. */
  @Share()
  readonly crashLoopBelow: number = 0.5;

  /** Whether a request on `/` that names no shard is refused. */
  @TrueOrFalse()
  readonly requireShard: boolean = false;

  /** The bearer token that clients send with a request for a permit. */
  @BearerToken()
  readonly queueToken: Secret | undefined = undefined;

  /** Use {@link operatorTokens}. */
  @AdminTokenList()
  readonly adminTokens: Secret | undefined = undefined;

  /** How long a session of an operator lasts. */
  @WholeNumber(1, MONTH_MS)
  readonly sessionTtlMs: number = 12 * HOUR_MS;

  /** The server that the replicas share, in place of `dataDir`. */
  @RedisUrl()
  readonly redisUrl: Secret | undefined = undefined;

  @RedisPrefix()
  readonly redisPrefix: string = 'gateway-queue';

  /** A directory, or `:memory:`. With `redisUrl` it holds only the token of the first start. */
  @Path()
  readonly dataDir: string = './data';

  @WholeNumber(1, 1_000_000)
  readonly maxWaiting: number = 20_000;

  @WholeNumber(0, HOUR_MS)
  @LessThan('shutdownTimeoutMs' satisfies keyof Settings)
  readonly shutdownDelayMs: number = 0;

  @WholeNumber(1, HOUR_MS)
  readonly shutdownTimeoutMs: number = 25_000;

  @OneOf(LOG_LEVELS)
  readonly logLevel: (typeof LOG_LEVELS)[number] = 'info';

  @TrueOrFalse()
  readonly logPretty: boolean = isatty(STDOUT);

  @TrueOrFalse()
  readonly swagger: boolean = true;

  @TrueOrFalse()
  readonly dashboard: boolean = true;

  /** What operators call this installation. */
  @Name()
  readonly environment: string | undefined = undefined;

  /** As Fastify's option of this name. */
  @TrustedProxies()
  readonly trustProxy: boolean | string[] = false;

  /** The bots that are served, at least one. Each has its own id. */
  readonly bots: readonly BotSettings[] = [];

  /** The tokens of `adminTokens`. Each has its own name and text. Empty when `adminTokens` is not set. */
  readonly operatorTokens: readonly AdminToken[] = [];
}
