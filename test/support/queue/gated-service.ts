import { startFakeDiscord } from '../discord/index.ts';
import { startService, type Service } from '../service/service.ts';

/** Asked every second, so that the gate opens soon. */
const EVERY_SECOND = '* * * * * *';

export interface GatedService {
  readonly service: Service;
  /** From the next refresh on, at most a second away, this many permits are given. */
  open(starts: number): void;
  /** Ends the service and its Discord. */
  stop(): Promise<void>;
}

/**
 * A service that holds every request until the test says so: Discord says that there are no session
 * starts left.
 */
export async function startGatedService(
  settings: Readonly<Record<string, string>> = {},
  maxConcurrency = 1,
): Promise<GatedService> {
  const discord = await startFakeDiscord({
    bots: [{ token: 'fake-token', maxConcurrency, remaining: 0 }],
  });
  const service = await startService({
    DISCORD_TOKEN: 'fake-token',
    DISCORD_API_URL: discord.url,
    GATEWAY_INFO_CRON: EVERY_SECOND,
    IDENTIFY_INTERVAL_MS: '20',
    IDENTIFY_MARGIN_MS: '0',
    // Every start that Discord has is to be given.
    SESSION_RESERVE: '0',
    ...settings,
  });
  return {
    service,
    open: (starts) => discord.setLimits({ remaining: starts }),
    async stop() {
      await service.kill();
      await discord.close();
    },
  };
}
