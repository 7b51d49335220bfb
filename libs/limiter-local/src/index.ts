export { DataDirError } from './data-dir-error.ts';
export { LocalLimiter } from './local-limiter.ts';
export { LocalState, type LocalStateOptions } from './local-state.ts';
export { IN_MEMORY } from './open-database.ts';
