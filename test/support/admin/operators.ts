/** In every token of these tests, and nowhere else: found anywhere, a token was said. */
export const CANARY = 'canary';

/** The tokens that services of these tests know, by the names of their holders. */
export const TOKENS = {
  ada: `${CANARY}-of-ada-0123456789`,
  kim: `${CANARY}-of-kim-0123456789`,
  eve: `${CANARY}-of-eve-0123456789`,
} as const;

export type Holder = keyof typeof TOKENS;

/** Of no operator. */
export const WRONG_TOKEN = `${CANARY}-of-nobody-0123456789`;

/** For `ADMIN_TOKENS`: `ada` and `kim` may change things, `eve` may only read. */
export const ADMIN_TOKENS = [
  `ada:operator:${TOKENS.ada}`,
  `kim:operator:${TOKENS.kim}`,
  `eve:viewer:${TOKENS.eve}`,
].join();
