export type { BotLimits, BotOptions } from './bot.ts';
export { monotonicNow } from './clock.ts';
export { startFakeDiscord } from './fake-discord.ts';
export type { FakeDiscord, FakeDiscordOptions } from './fake-discord.ts';
export type { DiscordLog } from './log.ts';
export type { IdentifyEntry, LogEntry } from './log-entries.ts';
export type { Jitter } from './network.ts';
export type { RestBehaviour } from './rest-behaviour.ts';
