import { type DestinationStream, destination, type LoggerOptions, stdTimeFunctions } from 'pino';
import pretty from 'pino-pretty';
import type { Settings } from '../settings/settings.ts';
import { nestStartUpAtDebug } from './nest-start-up.ts';
import { redactedPaths } from './redaction.ts';

/** How pino writes: one line of JSON for each entry, its level in words and its time readable. */
export function loggerOptions({ logLevel }: Pick<Settings, 'logLevel'>): LoggerOptions {
  return {
    level: logLevel,
    timestamp: stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    hooks: nestStartUpAtDebug,
    redact: { paths: redactedPaths(), censor: '[secret]' },
  };
}

/** Standard output. Written to at once, so that the last words of a process that ends are there. */
export function loggerStream({ logPretty }: Pick<Settings, 'logPretty'>): DestinationStream {
  return logPretty
    ? pretty({ ignore: 'pid,hostname', translateTime: 'SYS:HH:MM:ss.l', sync: true })
    : destination({ dest: 1, sync: true });
}
