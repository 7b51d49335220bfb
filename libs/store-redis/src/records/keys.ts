/**
 * In the order in which `lua/library/input.lua` names them. What is kept in each is said where it is used. A bot may be
 * called `operators`, so no name is one that the limiter has for a bot's keys.
 */
const NAMES = [
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
];

/** All of them. They share a hash tag, so that they are on one node of a cluster, and a script may use them all. */
export function recordsKeys(prefix: string): string[] {
  return NAMES.map((name) => `${prefix}:{operators}:${name}`);
}
