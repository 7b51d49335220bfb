import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PAGE } from './page-folder.ts';

/** The page as it was when the service started. It names files of the same build, which are the files that are served. */
export interface Page {
  readonly content: Buffer;
  /** From the content: two builds may have the same length, and an image may give all files the same time. */
  readonly etag: string;
}

/** @throws Error when the page cannot be read */
export function readPage(folder: string): Page {
  const content = readFileSync(join(folder, PAGE));
  return { content, etag: `"${createHash('sha256').update(content).digest('base64url')}"` };
}

/** Whether a browser that sends this `If-None-Match` has the page. Proxies that compress make the tag weak. */
export function isKnown({ etag }: Page, ifNoneMatch: string | undefined): boolean {
  const known = ifNoneMatch?.split(',').map((tag) => tag.trim().replace(/^W\//, '')) ?? [];
  return known.includes(etag) || known.includes('*');
}
