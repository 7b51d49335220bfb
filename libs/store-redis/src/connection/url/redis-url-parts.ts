import { isIPv6 } from 'node:net';
import { RedisUrlError } from './redis-url-error.ts';

/** Where a server listens. */
export interface Address {
  readonly host: string;
  readonly port: number;
}

/** User and password. Without a user name it is the server's default user. */
export interface Login {
  readonly username: string | undefined;
  readonly password: string;
}

const HOST = /^(?:\[([^\]]*)\]|([\w-][\w.-]*))(?::(\d{1,5}))?$/;

/** Addresses like `host[:port]`, with commas between them. */
export function parseHosts(text: string, defaultPort: number): [Address, ...Address[]] {
  const [first = '', ...others] = text.split(',');
  return [parseHost(first, defaultPort), ...others.map((host) => parseHost(host, defaultPort))];
}

function parseHost(text: string, defaultPort: number): Address {
  const [, bracketed, name, digits] = HOST.exec(text) ?? [];
  const host = bracketed ?? name;
  if (host === undefined || (bracketed !== undefined && !isIPv6(bracketed))) {
    throw new RedisUrlError(
      'each host must be a name, an IPv4 address or an IPv6 address in brackets, with or without a port, ' +
        'like redis, 10.0.0.1:6379 or [::1]:6379; what is special in a URL must be percent-encoded in a password',
    );
  }
  const port = digits === undefined ? defaultPort : Number(digits);
  if (port < 1 || port > 65_535) {
    throw new RedisUrlError('the port must be a whole number from 1 to 65535');
  }
  return { host, port };
}

/** `user:password` or `:password`. */
export function parseLogin(text: string | undefined): Login | undefined {
  if (text === undefined) return undefined;
  const [, user = '', password = ''] = /^([^:]*):(.*)$/s.exec(text) ?? [];
  if (password === '') {
    throw new RedisUrlError(
      'before the @ must be a password, like :password@host or user:password@host',
    );
  }
  return {
    username: user === '' ? undefined : unescaped(user, 'user'),
    password: unescaped(password, 'password'),
  };
}

/** Number of a database; 0 when the text is empty. */
export function parseDatabase(text: string): number {
  if (!/^\d{0,9}$/.test(text)) {
    throw new RedisUrlError('the database must be a whole number, like 0');
  }
  return Number(text);
}

/** The parameters of a query. Only the names given are allowed, each of them once. */
export function parseQuery<Name extends string>(
  text: string | undefined,
  names: readonly Name[],
): Partial<Record<Name, string>> {
  const found: Partial<Record<Name, string>> = {};
  if (text === undefined) return found;
  for (const pair of text.split('&')) {
    const name = names.find((known) => pair.startsWith(`${known}=`));
    const value = name && pair.slice(name.length + 1);
    if (name === undefined || value === undefined || value === '' || name in found) {
      throw new RedisUrlError(
        names.length === 0
          ? 'there must be no ? and nothing after it; in a password it is written %3F'
          : `after the ? may only be ${names.join(' and ')}, each once and with a value`,
      );
    }
    found[name] = unescaped(value, name);
  }
  return found;
}

/** @param part name of the part, for the message */
export function unescaped(text: string, part: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new RedisUrlError(
      `in the ${part} a % must be written as %25, or begin a percent-encoded character`,
    );
  }
}
