/** A page of the dashboard to take pictures of. */
export interface View {
  /** The first part of the pictures' file names. */
  readonly name: string;
  /** The path after `/dashboard`. */
  readonly path: string;
  /** The heading that only this page has. */
  readonly heading: string;
}

/** The bucket that is paused for the pictures, and a shard that waits in it. */
export const PAUSED = { bot: 'music', bucket: 5, shard: 277 } as const;

const BOT = `/bots/${PAUSED.bot}`;

/** Every page of the dashboard that needs a login. */
export const VIEWS: readonly View[] = [
  { name: 'overview', path: '/', heading: 'Overview' },
  { name: 'buckets', path: `${BOT}/buckets`, heading: `Buckets of ${PAUSED.bot}` },
  { name: 'bucket', path: `${BOT}/buckets/${PAUSED.bucket}`, heading: `Bucket ${PAUSED.bucket}` },
  { name: 'shard', path: `${BOT}/shards/${PAUSED.shard}`, heading: `Shard ${PAUSED.shard}` },
  { name: 'activity', path: `${BOT}/activity`, heading: `Activity of ${PAUSED.bot}` },
  { name: 'replicas', path: '/replicas', heading: 'Replicas' },
  { name: 'audit', path: '/audit', heading: 'Audit' },
];

/** The login page. */
export const LOGIN: View = { name: 'login', path: '/login', heading: 'gateway-queue' };
