/** What the routes are sorted under in the API's document, in the order in which they are shown there. */
export const TAGS = {
  bots: 'How each bot fares, and its buckets: who waits, and why a line does not move.',
  pauses: 'Holding back the permits of a bot or of one of its buckets, for as long as it takes.',
  waiters: 'The requests that wait for a permit.',
  limits: 'What each bot may do, by the word of Discord or of an operator.',
  permits: 'What was given lately.',
  audit: 'Who did what, when, why, and from where.',
  live: 'Everything at once, and as it changes.',
  replicas: 'The processes of the service.',
  session: 'Logging in from a browser, for a cookie that its scripts cannot read.',
  queue: 'What shards call.',
  health: 'What an orchestrator asks.',
} as const;
