import cookie from '@fastify/cookie';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';

/** Makes cookies possible. They are read where somebody asks for them, and not of every request. */
export async function allowCookies(app: NestFastifyApplication): Promise<void> {
  await app.getHttpAdapter().getInstance().register(cookie, { hook: false });
}
