/** The groups of the routes in the API's document, in the order in which they are shown. */
export const TAGS = {
  bots: 'The state of each bot and its buckets: which shards wait, and why a line does not move.',
  pauses: 'Pauses of a bot or of one of its buckets: no permit is given until the pause ends.',
  waiters: 'The requests that wait for a permit.',
  limits: 'The limits of each bot, from Discord or from an operator.',
  permits: 'Recent permits.',
  audit: 'The audit log: who did what, when, why, and from where.',
  live: 'The whole state, and a stream of its changes.',
  replicas: 'The processes of the service.',
  session: 'Login from a browser, for a cookie that scripts cannot read.',
  queue: 'The endpoints that shards call.',
  health: 'The probes of an orchestrator.',
} as const;
