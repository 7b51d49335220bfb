/** Where the pages are, within the dashboard. */
export const paths = {
  overview: '/',
  buckets: (bot: string) => `/bots/${encodeURIComponent(bot)}/buckets`,
  bucket: (bot: string, bucket: number) => `${paths.buckets(bot)}/${bucket}`,
  shard: (bot: string, shard: number) => `/bots/${encodeURIComponent(bot)}/shards/${shard}`,
  activity: (bot: string) => `/bots/${encodeURIComponent(bot)}/activity`,
  replicas: '/replicas',
  audit: '/audit',
} as const;

/** The bot that a path is about; undefined when it is about none. */
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

/** A whole number as it stands in a path; undefined when it is none. */
export function numberInPath(text: string): number | undefined {
  return /^\d{1,10}$/.test(text) ? Number(text) : undefined;
}
