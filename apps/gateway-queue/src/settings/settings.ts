import { isatty } from 'node:tty';
import { DefaultRestOptions } from '@discordjs/rest';
import { AdminTokenList } from './admin-token-kinds.ts';
import type { AdminToken } from './admin-token.ts';
import { type BotSettings, MAX_BUCKETS, MAX_RESERVED } from './bot-settings.ts';
import { RedisPrefix, RedisUrl } from './redis-kinds.ts';
import type { Secret } from './secret.ts';
import { LessThan } from './setting.ts';
import {
  ApiUrl,
  BearerToken,
  BotToken,
  Cron,
  Host,
  Name,
  OneOf,
  Path,
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
 * All settings, valid. Each property is read from the variable of its name (`dataDir` from `DATA_DIR`);
 * what it has here is its default. docs/settings.md says what each one means.
 */
export class Settings {
  @Host()
  readonly host: string = '0.0.0.0';

  /** 0 takes any free port. */
  @WholeNumber(0, 65_535, 'must be a whole number from 1 to 65535, or 0 for any free port')
  readonly port: number = 8080;

  /** Use {@link bots}. */
  @BotToken()
  readonly discordToken: Secret | undefined = undefined;

  /** Without a slash at its end. */
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
  readonly identifyMarginMs: number = 250;

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

  /** The share of the session starts that counts as low when no more is left: from 0, for never, to 1, for always. */
  @Share()
  readonly crashLoopBelow: number = 0.5;

  /** What is asked for as a bearer token of those who ask for permits. */
  @BearerToken()
  readonly queueToken: Secret | undefined = undefined;

  /** Use {@link operatorTokens}. */
  @AdminTokenList()
  readonly adminTokens: Secret | undefined = undefined;

  /** How long an operator who logged in stays so. */
  @WholeNumber(1, MONTH_MS)
  readonly sessionTtlMs: number = 12 * HOUR_MS;

  /** Where replicas share what they know, instead of `dataDir`. Secret, because of the password in it. */
  @RedisUrl()
  readonly redisUrl: Secret | undefined = undefined;

  @RedisPrefix()
  readonly redisPrefix: string = 'gateway-queue';

  /** A directory, or `:memory:`. With `redisUrl` only the token of the first start is there. */
  @Path()
  readonly dataDir: string = './data';

  @WholeNumber(1, 1_000_000)
  readonly maxWaiting: number = 20_000;

  @WholeNumber(0, HOUR_MS)
  @LessThan('shutdownTimeoutMs', 'SHUTDOWN_TIMEOUT_MS')
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

  /** What operators call this installation, to tell it from others. */
  @Name()
  readonly environment: string | undefined = undefined;

  /** As Fastify takes it. */
  @TrustedProxies()
  readonly trustProxy: boolean | string[] = false;

  /** The bots that are served, each with an id of its own; never none. */
  readonly bots: readonly BotSettings[] = [];

  /** The tokens of `adminTokens`, each with a name and a text of its own; none when that is not set. */
  readonly operatorTokens: readonly AdminToken[] = [];
}
