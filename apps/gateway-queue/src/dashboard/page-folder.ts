import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** Injects the folder that the page is served from. */
export const PAGE_FOLDER = Symbol('page-folder');

/** The page itself; whatever else it needs it names. */
export const PAGE = 'index.html';

/** Where the build puts the page: beside the service, dist/apps/gateway-queue/main.js. */
export const BUILT_PAGE = join(import.meta.dirname, '../dashboard');

/** Whether there is a page to serve. */
export function isBuilt(folder: string): boolean {
  return existsSync(join(folder, PAGE));
}
