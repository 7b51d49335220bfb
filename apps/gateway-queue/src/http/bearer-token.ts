const BEARER = /^Bearer +(.+)$/i;

/** The token of a header `Authorization: Bearer <token>`; undefined for any other header and without one. */
export function bearerToken(authorization: string | undefined): string | undefined {
  return BEARER.exec(authorization ?? '')?.[1];
}
