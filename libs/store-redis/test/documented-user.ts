import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const page = readFileSync(
  fileURLToPath(new URL('../../../docs/redis.md', import.meta.url)),
  'utf8',
);

/** What docs/redis.md says that the limiter's user must be allowed, as `ACL SETUSER` takes it. */
export const DOCUMENTED_USER = (/ACL SETUSER queue on >s3cret (.*)/.exec(page)?.[1] ?? '').split(
  ' ',
);
