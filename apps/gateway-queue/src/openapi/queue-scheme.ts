/** What the security scheme of shards is called in the API's document, as the routes for shards name it. */
export const QUEUE_SCHEME = 'queue';
