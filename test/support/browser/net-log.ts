/** The part of Chromium's network log (chrome://net-export) that is used here. */
interface NetLog {
  readonly constants: { readonly logEventTypes: Readonly<Record<string, number>> };
  readonly events: readonly { readonly type: number; readonly params?: RequestStart }[];
}

/** The parameters at the begin of a request; its end is logged under the same type without them. */
interface RequestStart {
  readonly url?: string;
  readonly initiator?: string;
}

/** The initiator of requests that the browser makes itself or that the address bar starts. */
const NO_PAGE = 'not an origin';

/** The URL of each request in the log that a page made, also of failed ones. */
export function requestsOfPages(json: string): string[] {
  const { constants, events }: NetLog = JSON.parse(json);
  const started = constants.logEventTypes['URL_REQUEST_START_JOB'];
  if (started === undefined) throw new Error('This Chromium logs its requests in another way');
  return events.flatMap(({ type, params: { initiator = NO_PAGE, url } = {} }) =>
    type === started && initiator !== NO_PAGE && url !== undefined ? [url] : [],
  );
}
