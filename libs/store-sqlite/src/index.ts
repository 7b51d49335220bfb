export { DataDirError } from './connection/data-dir-error.ts';
export { LocalLimiter } from './limiter/local-limiter.ts';
export { LocalState, type LocalStateOptions } from './limiter/local-state.ts';
export { IN_MEMORY } from './connection/open-database.ts';
export { type LocalRecordsOptions, openLocalRecords } from './records/open-local-records.ts';
export { RecordsFileError } from './records/records-file-error.ts';
