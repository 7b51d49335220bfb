import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import { ADMIN_SCHEME, SESSION_SCHEME } from './auth/document-access.ts';
import { SESSION_COOKIE } from './auth/session-cookie.ts';
import packageJson from '../../../package.json' with { type: 'json' };

/** Where the API is documented, for people; `/docs-json` has it for programs. */
const PATH = 'docs';

/** Nest's own helper would call our tokens JWTs. */
const BEARER = { type: 'http', scheme: 'bearer' } as const;

export function setUpSwagger(app: INestApplication): void {
  const config = new DocumentBuilder()
    .setTitle('gateway-queue')
    .setDescription("Holds a Discord bot's shards until each of them may identify.")
    .setVersion(packageJson.version)
    .addSecurity('queue', { ...BEARER, description: 'QUEUE_TOKEN, when it is set' })
    .addSecurity(ADMIN_SCHEME, { ...BEARER, description: 'A token of ADMIN_TOKENS' })
    .addCookieAuth(
      SESSION_COOKIE,
      { type: 'apiKey', in: 'cookie', description: 'The session of the dashboard' },
      SESSION_SCHEME,
    )
    .build();
  SwaggerModule.setup(PATH, app, () => SwaggerModule.createDocument(app, config));
}
