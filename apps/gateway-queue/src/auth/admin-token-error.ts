/** The token of the first start cannot be kept or read. The message says in words what is wrong and what helps. */
export class AdminTokenError extends Error {
  override readonly name = 'AdminTokenError';
}
