/** A request as it goes over the wire: nothing is added to it and nothing put right. */
export interface WireRequest {
  /** GET unless given. */
  readonly method?: string;
  /** `/` unless given. */
  readonly target?: string;
  /** `1.1` unless given. */
  readonly version?: string;
  /** Lines such as `Host: queue`, which is what there is unless given. */
  readonly headers?: readonly string[];
  /** Sent behind the headers as it is, whatever they say of it. */
  readonly body?: string | Buffer;
}

export function requestBytes(request: WireRequest): Buffer {
  const {
    method = 'GET',
    target = '/',
    version = '1.1',
    headers = ['Host: queue'],
    body = '',
  } = request;
  const head = [`${method} ${target} HTTP/${version}`, ...headers, '', ''].join('\r\n');
  return Buffer.concat([Buffer.from(head, 'latin1'), Buffer.from(body)]);
}
