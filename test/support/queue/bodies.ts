import { randomBytes } from 'node:crypto';

const MEBIBYTE = 1024 * 1024;

interface Body {
  readonly headers: readonly string[];
  readonly body: string | Buffer;
}

/** A body with its length. */
function sized(body: string | Buffer, ...headers: string[]): Body {
  return { headers: [...headers, `Content-Length: ${Buffer.byteLength(body)}`], body };
}

/** All that real clients send after their headers, and more. */
export const BODIES: Readonly<Record<string, Body>> = {
  'no body': { headers: [], body: '' },
  'an empty body': sized(''),
  JSON: sized('{"token":"x"}', 'Content-Type: application/json'),
  'broken JSON': sized('{"token":', 'Content-Type: application/json'),
  'no JSON although it says so': sized('', 'Content-Type: application/json'),
  'an unknown content type': sized('?', 'Content-Type: application/x-nobody-knows'),
  'a malformed content type': sized('?', 'Content-Type: ;;/,=="'),
  'an empty content type': sized('?', 'Content-Type:'),
  'two content types': sized('?', 'Content-Type: text/plain', 'Content-Type: image/png'),
  'a multipart body without a boundary': sized('--', 'Content-Type: multipart/form-data'),
  'an encoding that it does not have': sized('?', 'Content-Encoding: gzip'),
  'a mebibyte of noise': sized(randomBytes(MEBIBYTE)),
  chunks: { headers: ['Transfer-Encoding: chunked'], body: '3\r\nabc\r\n0\r\n\r\n' },
  'chunks that never end': { headers: ['Transfer-Encoding: chunked'], body: '3\r\nabc\r\n' },
  'a length that never arrives': { headers: ['Content-Length: 100'], body: '' },
  'half of what was announced': {
    headers: ['Content-Type: application/json', 'Content-Length: 100'],
    body: '{"token":',
  },
};
