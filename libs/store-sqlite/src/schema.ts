import type { FileFormat } from './connection/open-database.ts';
import { LIMITER_TABLES } from './limiter/schema.ts';
import { RECORDS_TABLES } from './records/schema.ts';

/** What is in the file. The version is raised by one whenever a table or the meaning of a column changes. */
export const FORMAT: FileFormat = { version: 8, tables: LIMITER_TABLES + RECORDS_TABLES };
