/** The token of the first start cannot be kept or read. The message tells the operator what is wrong and what helps. */
export class AdminTokenError extends Error {
  override readonly name = 'AdminTokenError';
}
