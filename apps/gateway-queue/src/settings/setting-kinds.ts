import { isIP, isIPv6 } from 'node:net';
import { isFQDN, isIn } from 'class-validator';
import { sendAt } from 'cron';
import { setting } from './setting.ts';

const verbatim = (text: string) => text;

/** A whole number within bounds, both of them included. */
export function WholeNumber(
  min: number,
  max: number,
  rule = `must be a whole number from ${min} to ${max}`,
): PropertyDecorator {
  return setting({
    parse: (text) => (/^\d{1,15}$/.test(text) ? Number(text) : Number.NaN),
    accepts: (value) => typeof value === 'number' && value >= min && value <= max,
    rule,
  });
}

/** A share of a whole, from 0 to 1. */
export function Share(): PropertyDecorator {
  return setting({
    parse: (text) => (/^\d(\.\d{1,6})?$/.test(text) ? Number(text) : Number.NaN),
    accepts: (value) => typeof value === 'number' && value >= 0 && value <= 1,
    rule: 'must be a number from 0 to 1, like 0.5',
  });
}

/** `true` or `false`. Other words for them, like `yes`, are refused. */
export function TrueOrFalse(): PropertyDecorator {
  return setting({
    parse: (text) => (isIn(text, ['true', 'false']) ? text === 'true' : text),
    accepts: (value) => typeof value === 'boolean',
    rule: 'must be true or false',
  });
}

/** One of some words. */
export function OneOf(words: readonly string[]): PropertyDecorator {
  return setting({
    parse: verbatim,
    accepts: (value) => isIn(value, [...words]),
    rule: `must be one of ${words.join(', ')}`,
  });
}

/** A path of the file system, or a word in its place like `:memory:`. */
export function Path(): PropertyDecorator {
  return setting({
    parse: verbatim,
    accepts: (value) => typeof value === 'string' && !value.includes('\0'),
    rule: 'must be a path',
  });
}

/** What the names of keys in Redis begin with. Braces are refused: in a cluster they decide where a key lies. */
export function RedisPrefix(): PropertyDecorator {
  return setting({
    parse: verbatim,
    accepts: (value) => typeof value === 'string' && /^[\w.:-]{1,64}$/.test(value),
    rule: 'must be 1 to 64 letters, digits, underscores, dots, colons and hyphens',
  });
}

/** A short name that people read. */
export function Name(): PropertyDecorator {
  return setting({
    parse: verbatim,
    // Letters with their marks, digits, punctuation and symbols: no space, no invisible character.
    accepts: (value) =>
      typeof value === 'string' && /^[\p{L}\p{M}\p{N}\p{P}\p{S}]{1,32}$/u.test(value),
    rule: 'must be 1 to 32 visible characters without a space, like production',
  });
}

/** An address or a host name to listen on. */
export function Host(): PropertyDecorator {
  return setting({
    parse: verbatim,
    accepts: (value) =>
      typeof value === 'string' && (isIP(value) !== 0 || isFQDN(value, { require_tld: false })),
    rule: 'must be an IP address or a host name, like 0.0.0.0',
  });
}

/** The URL of an API, without the API's version. */
export function ApiUrl(): PropertyDecorator {
  return setting({
    parse: (text) => text.replace(/\/+$/, ''),
    accepts: (value) => typeof value === 'string' && isApiUrl(value),
    rule: 'must be an http or https URL without version, credentials, query and fragment, like https://discord.com/api',
  });
}

function isApiUrl(text: string): boolean {
  const url = URL.parse(text);
  if (url === null || !isIn(url.protocol, ['http:', 'https:'])) return false;
  const extras = [url.username, url.password, url.search, url.hash];
  // @discordjs/rest adds the version itself.
  return extras.every((extra) => extra === '') && !/\/v\d+$/.test(url.pathname);
}

/** A cron expression that has a next time. */
export function Cron(): PropertyDecorator {
  return setting({
    parse: verbatim,
    accepts: (value) => typeof value === 'string' && isCron(value),
    rule: 'must be a cron expression of 5 fields, or of 6 with the seconds first, like */5 * * * *',
  });
}

function isCron(expression: string): boolean {
  if (!isIn(expression.split(/\s+/).length, [5, 6])) return false;
  try {
    // Also refuses an expression that parses but has no next time, like the 31st of February.
    sendAt(expression);
    return true;
  } catch {
    return false;
  }
}

/** The proxies whose headers name the client's address, as Fastify's trustProxy takes them. */
export function TrustedProxies(): PropertyDecorator {
  return setting({
    parse: (text) =>
      isIn(text, ['true', 'false']) ? text === 'true' : text.split(',').map((part) => part.trim()),
    accepts: (value) =>
      typeof value === 'boolean' || (Array.isArray(value) && value.every(isNetwork)),
    rule: 'must be true, false, or IP addresses and CIDR blocks with commas between them, like 10.0.0.0/8',
  });
}

function isNetwork(value: unknown): boolean {
  const [, address = '', prefix] = /^([^/%]+)(?:\/(\d{1,3}))?$/.exec(String(value)) ?? [];
  if (isIP(address) === 0) return false;
  // @fastify/proxy-addr refuses a block that holds every address; `true` means the same.
  return (
    prefix === undefined || (Number(prefix) >= 1 && Number(prefix) <= (isIPv6(address) ? 128 : 32))
  );
}
