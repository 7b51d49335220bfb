import { Secret } from './secret.ts';
import { setting } from './setting.ts';

/** Where a Redis or Valkey server is, kept as a {@link Secret}. What the parts of it mean is found out when it is opened. */
export function RedisUrl(): PropertyDecorator {
  return setting({
    parse: (text) => (/^[\w+-]+:\/\/\S+$/.test(text) ? new Secret(text) : text),
    accepts: (value) => value instanceof Secret,
    rule: 'must be the URL of a Redis or Valkey server, like redis://user:password@host:6379/0',
  });
}

/** What key names begin with. Braces would say which part of a name a cluster places it by. */
export function RedisPrefix(): PropertyDecorator {
  return setting({
    parse: (text) => text,
    accepts: (value) => typeof value === 'string' && /^[\w.:-]{1,64}$/.test(value),
    rule: 'must be 1 to 64 letters, digits, underscores, dots, colons and hyphens',
  });
}
