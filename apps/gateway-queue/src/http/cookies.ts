import cookie from '@fastify/cookie';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';

/** Adds cookies. A request's cookies are parsed where they are needed, not for every request. */
export async function allowCookies(app: NestFastifyApplication): Promise<void> {
  await app.getHttpAdapter().getInstance().register(cookie, { hook: false });
}
