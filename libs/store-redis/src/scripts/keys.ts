/** Builds the names of all keys. What is kept in each key is said in the Lua file that uses it. */

/** The keys of a bot, by the last part of their names. Lua has each as a local variable: see {@link variablesOf}. */
const BOT_KEYS = [
  'bot',
  'buckets',
  'heads',
  'replicas',
  'on-record',
  'connections',
  'entries',
  'holders',
  'waiting',
  'places',
  'places-left',
  'permits',
  'permits-granted',
  'permits-usable',
  'permits-of-shards',
  'permits-refused',
  'pauses',
] as const;

/** The keys of the operators' records. A bot may be called `operators`, so none of these is in {@link BOT_KEYS}. */
const RECORDS_KEYS = [
  'audit',
  'audit-index',
  'audit-of-access',
  'audit-of-changes',
  'sessions',
  'sessions-tokens',
  'sessions-begun',
  'sessions-ending',
  'reports',
  'reports-said',
  'reports-ending',
  'overrides',
] as const;

/** Names of the Lua variables that hold the keys, in the order of the keys. */
export const KEY_VARIABLES = {
  limiter: variablesOf(BOT_KEYS),
  records: variablesOf(RECORDS_KEYS),
};

/** The bot's name is the hash tag: so all its keys are on one node of a cluster, and one script may use them all. */
export function botKeys(prefix: string, bot: string): string[] {
  return BOT_KEYS.map((name) => `${prefix}:{${bot}}:${name}`);
}

/** All keys of the records. They share a hash tag, for the same reason. */
export function recordsKeys(prefix: string): string[] {
  return RECORDS_KEYS.map((name) => `${prefix}:{operators}:${name}`);
}

/** The channel on which changes of all bots are announced. */
export function changesChannel(prefix: string): string {
  return `${prefix}:changes`;
}

/** Keys on which the permissions are tried: a hash and a sorted set, of no bot. */
export function permissionKeys(prefix: string): string[] {
  return ['hash', 'set'].map((name) => `${prefix}:permissions:{0}:${name}`);
}

/** `permits-of-shards` is PERMITS_OF_SHARDS in Lua. */
function variablesOf(names: readonly string[]): string[] {
  return names.map((name) => name.replaceAll('-', '_').toUpperCase());
}
