import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import { ADMIN_SCHEME, SESSION_SCHEME } from './auth/document-access.ts';
import { SESSION_COOKIE } from './auth/session-cookie.ts';
import packageJson from '../../../package.json' with { type: 'json' };

/** Where the API is documented, for people; `/docs-json` has it for programs. */
const PATH = 'docs';

export function setUpSwagger(app: INestApplication): void {
  const config = new DocumentBuilder()
    .setTitle('gateway-queue')
    .setDescription("Holds a Discord bot's shards until each of them may identify.")
    .setVersion(packageJson.version)
    .addBearerAuth({ type: 'http', description: 'QUEUE_TOKEN, when it is set' }, 'queue')
    .addBearerAuth({ type: 'http', description: 'A token of ADMIN_TOKENS' }, ADMIN_SCHEME)
    .addCookieAuth(
      SESSION_COOKIE,
      { type: 'apiKey', in: 'cookie', description: 'The session of the dashboard' },
      SESSION_SCHEME,
    )
    .build();
  SwaggerModule.setup(PATH, app, () => SwaggerModule.createDocument(app, config));
}
