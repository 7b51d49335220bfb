import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PAGE } from './page-folder.ts';

/** The page as it was when the service started: it names the files of the same build, which are those that are served. */
export interface Page {
  readonly content: Buffer;
  /** Of the content: two builds may well be of one length, and images may have one moment for all their files. */
  readonly etag: string;
}

/** @throws Error when it cannot be read */
export function readPage(folder: string): Page {
  const content = readFileSync(join(folder, PAGE));
  return { content, etag: `"${createHash('sha256').update(content).digest('base64url')}"` };
}

/** Whether a browser that sends this `If-None-Match` has the page. Proxies that compress make a weak tag of it. */
export function isKnown({ etag }: Page, ifNoneMatch: string | undefined): boolean {
  const known = ifNoneMatch?.split(',').map((tag) => tag.trim().replace(/^W\//, '')) ?? [];
  return known.includes(etag) || known.includes('*');
}
