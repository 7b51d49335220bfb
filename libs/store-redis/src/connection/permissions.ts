import type { Cluster, Redis } from 'ioredis';
import { changesChannel, permissionKeys } from '../scripts/keys.ts';
import text from './permissions.lua?raw';
import { RedisStartError } from './redis-error.ts';
import { toScript } from '../scripts/script.ts';

const SCRIPT = toScript(text);

/**
 * Checks that the user may call every command that scripts call. This is tried before any script runs, because a script
 * that is stopped in its middle is left half done.
 *
 * @throws RedisStartError (as a rejection) when the user lacks a permission
 * @throws Error (as a rejection): the driver's own
 */
export async function checkPermissions(client: Redis | Cluster, prefix: string): Promise<void> {
  const keys = permissionKeys(prefix);
  const channel = changesChannel(prefix);
  const refused = await client.eval(SCRIPT.text, keys.length, ...keys, channel);
  await client.evalsha(SCRIPT.sha, keys.length, ...keys, channel);
  if (!Array.isArray(refused) || refused.length === 0) return;
  throw new RedisStartError(
    `REDIS_URL: the user may not use ${refused.map(String).join(', ')} in scripts, with the keys ${prefix}:* and the ` +
      `channel ${channel}; docs/redis.md has the permissions that it needs (NOPERM)`,
    'NOPERM',
  );
}
