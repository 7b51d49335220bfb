/**
 * The keys of a bot, in the order in which `lua/library/input.lua` names them. What is kept in each is said where it is
 * used.
 */
const NAMES = [
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
  'permits-given',
  'permits-usable',
  'permits-of-shards',
  'pauses',
];

/** The bot's name is the hash tag, so that all its keys are on one node of a cluster, and a script may use them all. */
export function keysOf(prefix: string, bot: string): string[] {
  return NAMES.map((name) => `${prefix}:{${bot}}:${name}`);
}

/** Where changes of all bots are announced. */
export function changesChannel(prefix: string): string {
  return `${prefix}:changes`;
}

/** Of no bot: on these it is tried what may be done. */
export function permissionKeys(prefix: string): string[] {
  return ['hash', 'set'].map((name) => `${prefix}:permissions:{0}:${name}`);
}
