/** What is used of Chromium's log of its network (chrome://net-export). */
interface NetLog {
  readonly constants: { readonly logEventTypes: Readonly<Record<string, number>> };
  readonly events: readonly { readonly type: number; readonly params?: RequestStart }[];
}

/** The end of a request is logged under the same type, with nothing of this. */
interface RequestStart {
  readonly url?: string;
  readonly initiator?: string;
}

/** What the log says of requests that are the browser's own, or typed by a person. */
const NO_PAGE = 'not an origin';

/** The URL of each request in the log that a page made, also of those that came to nothing. */
export function requestsOfPages(json: string): string[] {
  const { constants, events }: NetLog = JSON.parse(json);
  const started = constants.logEventTypes['URL_REQUEST_START_JOB'];
  if (started === undefined) throw new Error('This Chromium logs its requests in another way');
  return events.flatMap(({ type, params: { initiator = NO_PAGE, url } = {} }) =>
    type === started && initiator !== NO_PAGE && url !== undefined ? [url] : [],
  );
}
