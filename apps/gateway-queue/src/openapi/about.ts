import { DocumentBuilder, type OpenAPIObject } from '@nestjs/swagger';
import { ADMIN_SCHEME, SESSION_SCHEME } from '../auth/document-access.ts';
import { SESSION_COOKIE } from '../auth/session-cookie.ts';
import { QUEUE_SCHEME } from './queue-scheme.ts';
import { TAGS } from './tags.ts';
import packageJson from '../../../../package.json' with { type: 'json' };

/** The newest version that all tools read. This document would use little of 3.1. */
const OPENAPI_VERSION = '3.0.3';

/** SPDX's page for the licence that package.json names. */
const LICENSE_URL = `https://spdx.org/licenses/${packageJson.license}.html`;

const DESCRIPTION = `
Holds a Discord bot's shards until each of them may identify.

**Shards** ask at \`/\` or \`/v1\`; that takes \`QUEUE_TOKEN\`, where one is set. **Operators** read and change things under
\`/api/v1\`; that takes a token of \`ADMIN_TOKENS\`. A \`viewer\` may read, an \`operator\` may also change things, and every
change is in the audit log. Here, press _Authorize_ and paste a token under \`${ADMIN_SCHEME}\`: it is kept until the page is
left or reloaded. For longer, log in with \`POST /api/v1/session\`.

Every error is \`application/problem+json\` (RFC 9457), with a \`code\` that never changes its meaning.
`.trim();

/** Nest's own helper would describe the tokens as JWTs. */
const BEARER = { type: 'http', scheme: 'bearer' } as const;

/** The parts of the API's document that belong to no single route. */
export function about(): Omit<OpenAPIObject, 'paths'> {
  const builder = new DocumentBuilder()
    .setOpenAPIVersion(OPENAPI_VERSION)
    .setTitle('gateway-queue')
    .setDescription(DESCRIPTION)
    .setVersion(packageJson.version)
    .setLicense(packageJson.license, LICENSE_URL)
    .addServer('/', 'The service that this document comes from')
    .addSecurity(QUEUE_SCHEME, {
      ...BEARER,
      description: 'For shards: `QUEUE_TOKEN`. Without that setting none is asked for.',
    })
    .addCookieAuth(
      SESSION_COOKIE,
      {
        type: 'apiKey',
        in: 'cookie',
        description:
          'For browsers: `POST /api/v1/session` sets it. Browsers send it by themselves, so there is nothing to ' +
          'fill in here. Over HTTPS its name begins with `__Host-`.',
      },
      SESSION_SCHEME,
    )
    // Last: Swagger UI puts the cursor into the last scheme when it asks for credentials.
    .addSecurity(ADMIN_SCHEME, {
      ...BEARER,
      description: 'For operators: a token of `ADMIN_TOKENS`.',
    });
  for (const [name, description] of Object.entries(TAGS)) builder.addTag(name, description);
  return builder.build();
}
