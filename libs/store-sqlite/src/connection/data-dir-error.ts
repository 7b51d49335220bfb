/** The state cannot be kept where it should be. The message says in words what is wrong and what helps. */
export class DataDirError extends Error {
  override readonly name = 'DataDirError';
}
