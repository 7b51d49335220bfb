/** The paths of the pages, within the dashboard. */
export const paths = {
  overview: '/',
  buckets: (bot: string) => `/bots/${encodeURIComponent(bot)}/buckets`,
  bucket: (bot: string, bucket: number) => `${paths.buckets(bot)}/${bucket}`,
  shard: (bot: string, shard: number) => `/bots/${encodeURIComponent(bot)}/shards/${shard}`,
  activity: (bot: string) => `/bots/${encodeURIComponent(bot)}/activity`,
  replicas: '/replicas',
  audit: '/audit',
} as const;

/** The bot in a path; undefined for a path without one. */
export function botOfPath(path: string): string | undefined {
  const [, encoded] = /^\/bots\/([^/]+)\//.exec(path) ?? [];
  return encoded === undefined ? undefined : decode(encoded);
}

function decode(encoded: string): string {
  try {
    return decodeURIComponent(encoded);
  } catch {
    return encoded;
  }
}

/** A whole number in a path; undefined for any other text. */
export function numberInPath(text: string): number | undefined {
  return /^\d{1,10}$/.test(text) ? Number(text) : undefined;
}
