import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** Injects the folder that the page is served from. */
export const PAGE_FOLDER = Symbol('page-folder');

/** The page itself. It names all other files. */
export const PAGE = 'index.html';

/** The folder that the build puts the page in, next to that of the service, dist/apps/gateway-queue/main.js. */
export const BUILT_PAGE = join(import.meta.dirname, '../dashboard');

/** Whether there is a page to serve. */
export function isBuilt(folder: string): boolean {
  return existsSync(join(folder, PAGE));
}
