import { mkdir, mkdtemp, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import { Test } from '@nestjs/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { fastifyOptions } from '../http/fastify-options.ts';
import { HttpModule } from '../http/http.module.ts';
import { ignoreBodies } from '../http/ignore-body.ts';
import { readSettings } from '../settings/read-settings.ts';
import { SettingsModule } from '../settings/settings.module.ts';
import { DashboardModule } from './dashboard.module.ts';
import { PAGE_FOLDER } from './page-folder.ts';

const PAGE_TEXT = '<!doctype html><title>the page</title>';
const SCRIPT = 'export const answer = 42;'.repeat(10);
const SCRIPT_URL = '/dashboard/assets/index-B2cD.js';

const logged: unknown[][] = [];
const record = (...entry: unknown[]): void => void logged.push(entry);

let folder: string;
let app: NestFastifyApplication;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dashboard-'));
  await mkdir(join(folder, 'built/assets'), { recursive: true });
  await writeFile(join(folder, 'secret.txt'), 'secret');
  await writeFile(join(folder, 'built/index.html'), PAGE_TEXT);
  await writeFile(join(folder, 'built/icon.svg'), '<svg/>');
  const script = join(folder, 'built/assets/index-B2cD.js');
  await writeFile(script, SCRIPT);
  await writeFile(`${script}.br`, brotliCompressSync(SCRIPT));
  await writeFile(`${script}.gz`, gzipSync(SCRIPT));
});
afterAll(() => rm(folder, { recursive: true }));

beforeEach(() => logged.splice(0));
afterEach(() => app.close());

/** Starts the module with the modules that it needs in the service. */
async function start(page: string, environment: Record<string, string> = {}): Promise<void> {
  const settings = readSettings(environment);
  const module = await Test.createTestingModule({
    imports: [SettingsModule.of(settings), HttpModule, DashboardModule],
  })
    .overrideProvider(PAGE_FOLDER)
    .useValue(join(folder, page))
    .setLogger({ log: record, warn: record, error: record })
    .compile();
  app = module.createNestApplication<NestFastifyApplication>(
    new FastifyAdapter(fastifyOptions(settings)),
  );
  ignoreBodies(app);
  const config = new DocumentBuilder().build();
  SwaggerModule.setup('docs', app, () => SwaggerModule.createDocument(app, config));
  await app.init();
}

const ask = (url: string, headers: Record<string, string> = {}, method: 'GET' | 'HEAD' = 'GET') =>
  app.inject({ url, headers, method });

describe('a built page', () => {
  beforeEach(() => start('built'));

  test('is redirected to from the path without a slash', async () => {
    const answer = await ask('/dashboard');
    expect(answer.statusCode).toBe(302);
    expect(answer.headers.location).toBe('/dashboard/');
  });

  test.each([
    '',
    'index.html',
    'login',
    'bots/my.bot/buckets',
    'shards/3?bot=x',
    'assetsx',
    '?x=1',
  ])('answers /dashboard/%s, and must be revalidated', async (view) => {
    const answer = await ask(`/dashboard/${view}`);
    expect(answer.statusCode).toBe(200);
    expect(answer.body).toBe(PAGE_TEXT);
    expect(answer.headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-cache',
    });
    const again = await ask(`/dashboard/${view}`, { 'if-none-match': String(answer.headers.etag) });
    expect(again.statusCode).toBe(304);
    expect(again.body).toBe('');
  });

  test('is the page of the start: another build has other files', async () => {
    const before = await ask('/dashboard/');
    // Of the same length, and with the same modification time, as builds in images have.
    const path = join(folder, 'built/index.html');
    const { atime, mtime } = await stat(path);
    await writeFile(path, PAGE_TEXT.toUpperCase());
    await utimes(path, atime, mtime);
    try {
      for (const view of ['', 'index.html', 'login']) {
        expect((await ask(`/dashboard/${view}`)).body).toBe(PAGE_TEXT);
      }
      await app.close();
      await start('built');
      const known = { 'if-none-match': String(before.headers.etag) };
      expect((await ask('/dashboard/', known)).body).toBe(PAGE_TEXT.toUpperCase());
    } finally {
      await writeFile(path, PAGE_TEXT);
    }
  });

  test.each(['W/%', '"other", %', '*'])(
    'is not sent again to a browser that has it: %s',
    async (tags) => {
      const { etag } = (await ask('/dashboard/')).headers;
      const known = { 'if-none-match': tags.replace('%', String(etag)) };
      expect((await ask('/dashboard/', known)).statusCode).toBe(304);
    },
  );

  test('lets browsers keep files with a hash in their name for a year', async () => {
    const answer = await ask(SCRIPT_URL);
    expect(answer.body).toBe(SCRIPT);
    expect(answer.headers).toMatchObject({
      'content-type': expect.stringMatching(/javascript; charset=utf-8$/),
      'cache-control': 'public, max-age=31536000, immutable',
      vary: expect.stringMatching(/accept-encoding/i),
      etag: expect.any(String),
    });
  });

  test('makes browsers revalidate files without a hash', async () => {
    const answer = await ask('/dashboard/icon.svg');
    expect(answer.body).toBe('<svg/>');
    expect(answer.headers['cache-control']).toBe('no-cache');
  });

  test.each([
    ['br', brotliDecompressSync],
    ['gzip', gunzipSync],
  ] as const)(
    'sends the file that the build compressed to a browser that accepts %s',
    async (encoding, decompress) => {
      const answer = await ask(SCRIPT_URL, { 'accept-encoding': `deflate, ${encoding}` });
      expect(answer.headers).toMatchObject({
        'content-encoding': encoding,
        'content-type': expect.stringMatching(/javascript; charset=utf-8$/),
        'cache-control': 'public, max-age=31536000, immutable',
      });
      expect(decompress(answer.rawPayload).toString()).toBe(SCRIPT);
      expect(answer.headers.etag).not.toBe((await ask(SCRIPT_URL)).headers.etag);
    },
  );

  test.each(['', 'login', 'assets/index-B2cD.js'])(
    'answers HEAD of /dashboard/%s',
    async (path) => {
      const whole = await ask(`/dashboard/${path}`);
      const { statusCode, body, headers } = await ask(`/dashboard/${path}`, {}, 'HEAD');
      expect({ statusCode, body }).toEqual({ statusCode: 200, body: '' });
      for (const name of ['content-type', 'content-length', 'etag', 'cache-control']) {
        expect(headers[name]).toBe(whole.headers[name]);
      }
    },
  );

  test.each([
    '/dashboard/assets/gone-A1b2.js',
    '/dashboard/assets/',
    '/dashboard/assets/index-B2cD.js.br',
    '/dashboards',
    '/Dashboard/',
  ])('%s is not found, like any unknown path', async (url) => {
    const answer = await ask(url);
    expect(answer.statusCode).toBe(404);
    expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
    expect(answer.headers['cache-control']).toBeUndefined();
  });

  test.each(['POST', 'PUT', 'DELETE', 'OPTIONS'] as const)('%s is not found', async (method) => {
    for (const url of ['/dashboard', '/dashboard/', '/dashboard/login', SCRIPT_URL]) {
      const headers = { 'content-type': 'text/x' };
      const answer = await app.inject({ url, method, headers, payload: 'x' });
      expect(answer.statusCode).toBe(404);
    }
  });

  test.each(['..%2fsecret.txt', 'x%2f..%2f..%2fsecret.txt', '%2e%2e%2fsecret.txt'])(
    'reads no file outside its folder: %s',
    async (path) => {
      expect((await ask(`/dashboard/${path}`)).body).toBe(PAGE_TEXT);
      expect((await ask(`/dashboard/assets/${path}`)).statusCode).toBe(404);
    },
  );

  test('Swagger UI still has its own files', async () => {
    expect((await ask('/docs/swagger-ui.css')).statusCode).toBe(200);
  });
});

test.each(['/dashboard', '/dashboard/', '/dashboard/login'])(
  'a page that was not built says so at %s, and in the log',
  async (url) => {
    await start('not-there');
    const answer = await ask(url);
    expect(answer.statusCode).toBe(404);
    expect(answer.headers['content-type']).toMatch(/^text\/plain/);
    expect(answer.body).toMatch(/has not been built.+npm run build/);
    expect(logged).toContainEqual([
      { folder: join(folder, 'not-there') },
      expect.stringMatching(/has not been built.+npm run build/),
      'Dashboard',
    ]);
  },
);

test('with DASHBOARD=false there is no page', async () => {
  await start('built', { DASHBOARD: 'false' });
  for (const url of ['/dashboard', '/dashboard/', SCRIPT_URL]) {
    expect((await ask(url)).json()).toMatchObject({ code: 'not-found' });
  }
});
