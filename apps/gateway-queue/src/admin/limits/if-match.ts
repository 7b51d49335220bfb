import { Problem } from '../../http/problem.ts';

/** The rule for the headers. */
const RULE =
  'must be one ETag, as it was answered, or * in If-None-Match for what is not there yet';

/** The form of an ETag. */
export const ETAG_PATTERN = /^"(\d{1,16})"$/;

/** The version of an override as an ETag. */
export function toETag(version: number): string {
  return `"${version}"`;
}

/**
 * The version that the caller expects: 0 for none, undefined when the caller does not say.
 *
 * @throws Problem when a header breaks the rule
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
    'Another operator has changed it since. Read it again, and repeat the change with the new ETag.',
  );
}
