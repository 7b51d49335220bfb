/** The store cannot be kept in `DATA_DIR`. The message says in words what is wrong and what helps. */
export class DataDirError extends Error {
  override readonly name = 'DataDirError';
}
