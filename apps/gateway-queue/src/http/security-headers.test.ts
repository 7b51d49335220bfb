import { Controller, Get } from '@nestjs/common';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import { Test } from '@nestjs/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addSecurityHeaders } from './security-headers.ts';

@Controller()
class PagesController {
  @Get(['/', 'v1/x', 'health/live', 'api/v1/x', 'dashboard', 'dashboard/assets/x', 'dashboards'])
  get(): string {
    return 'x';
  }
}

let app: NestFastifyApplication;

beforeAll(async () => {
  const module = await Test.createTestingModule({ controllers: [PagesController] }).compile();
  app = module.createNestApplication<NestFastifyApplication>(new FastifyAdapter());
  await addSecurityHeaders(app);
  const config = new DocumentBuilder().build();
  SwaggerModule.setup('docs', app, () => SwaggerModule.createDocument(app, config));
  await app.init();
});

afterAll(() => app.close());

async function headersOf(url: string) {
  const { headers, statusCode } = await app.inject({ url });
  return { statusCode, headers };
}

function policyOf(headers: Readonly<Record<string, unknown>>): Map<string, string> {
  const directives = String(headers['content-security-policy']).split(';');
  return new Map(
    directives.map((directive) => {
      const [name = '', ...sources] = directive.split(' ');
      return [name, sources.join(' ')];
    }),
  );
}

test.each(['/', '/v1/x', '/health/live', '/dashboards', '/nowhere'])(
  '%s has no headers for browsers',
  async (url) => {
    const { headers } = await headersOf(url);
    const usual = new Set(['content-type', 'content-length', 'date', 'connection']);
    expect(Object.keys(headers).filter((name) => !usual.has(name))).toEqual([]);
  },
);

describe('what browsers show is strict', () => {
  test.each([
    '/api/v1/x',
    '/dashboard',
    '/dashboard/assets/x',
    '/docs',
    '/docs/swagger-ui.css',
    '/docs-json',
  ])('%s', async (url) => {
    const { statusCode, headers } = await headersOf(url);
    expect(statusCode).toBe(200);
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer',
    });
    expect(headers['strict-transport-security']).toBeUndefined();
    const policy = policyOf(headers);
    expect(policy.get('default-src')).toBe("'self'");
    expect(policy.get('frame-ancestors')).toBe("'none'");
    // Scripts follow the default: files from this origin.
    expect(policy.has('script-src')).toBe(false);
    expect(policy.get('script-src-attr')).toBe("'none'");
    expect(policy.has('upgrade-insecure-requests')).toBe(false);
  });
});

test('only Swagger UI may have inline style sheets, and it has no inline script', async () => {
  const { headers } = await headersOf('/docs');
  expect(policyOf(headers).get('style-src')).toBe("'self' 'unsafe-inline'");
  for (const url of ['/api/v1/x', '/dashboard']) {
    expect(policyOf((await headersOf(url)).headers).has('style-src')).toBe(false);
  }
  const page = (await app.inject({ url: '/docs' })).body;
  expect(page).toContain('<style>');
  const scripts = [...page.matchAll(/<script([^>]*)>([^<]*)/g)];
  expect(scripts.length).toBeGreaterThan(0);
  for (const [, attributes, inline = ''] of scripts) {
    expect(attributes).toMatch(/ src="\.\/docs\/swagger-ui[\w-]*\.js"/);
    expect(inline.trim()).toBe('');
  }
});
