/** The name of the shards' security scheme in the API's document. */
export const QUEUE_SCHEME = 'queue';
