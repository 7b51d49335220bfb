import { Problem } from '../../http/problem.ts';

/** What is right for the header. */
const RULE =
  'must be one ETag, as it was answered, or * in If-None-Match for what is not there yet';

/** What an ETag looks like here. */
export const ETAG_PATTERN = /^"(\d{1,16})"$/;

/** The version of an override as an ETag. */
export function toETag(version: number): string {
  return `"${version}"`;
}

/**
 * Which version the caller knows of: 0 for none, undefined when it does not say.
 *
 * @throws Problem when a header is neither
 */
export function expectedVersion(
  ifMatch: string | undefined,
  ifNoneMatch: string | undefined,
): number | undefined {
  if (ifNoneMatch !== undefined) {
    if (ifNoneMatch !== '*' || ifMatch !== undefined) throw wrongHeader('If-None-Match');
    return 0;
  }
  if (ifMatch === undefined) return undefined;
  const [, version] = ETAG_PATTERN.exec(ifMatch) ?? [];
  if (version === undefined) throw wrongHeader('If-Match');
  return Number(version);
}

export function wrongHeader(name: string): Problem {
  return Problem.invalidParameter(name, RULE);
}

export function outdated(): Problem {
  return Problem.of(
    'outdated',
    'Somebody else has changed it since. Look again, and say with the new ETag what is to be.',
  );
}
