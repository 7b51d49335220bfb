import { afterAll, beforeAll, expect, test, vi } from 'vitest';

import { startApplication } from '../../apps/gateway-queue/src/application.ts';
import { readDocument } from '../support/openapi/document.ts';
import { routesOf } from '../support/openapi/printed-routes.ts';
import { freePort } from '../support/free-port.ts';

/** The document, the page that shows it, and what that page loads. */
const DOCUMENTATION = /^GET \/docs(?:-json|-yaml|\/|$)/;

/** The operators' page, which is no part of the API. */
const PAGE = /^GET \/dashboard/;

let app: Awaited<ReturnType<typeof startApplication>>;
let url: string;
beforeAll(async () => {
  const port = await freePort();
  url = `http://127.0.0.1:${port}`;
  vi.stubEnv('HOST', '127.0.0.1');
  vi.stubEnv('PORT', String(port));
  vi.stubEnv('DATA_DIR', ':memory:');
  vi.stubEnv('LOG_LEVEL', 'silent');
  vi.stubEnv('ADMIN_TOKENS', 'olga:operator:0123456789abcdef');
  app = await startApplication();
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await app.close();
});

test('the document has all routes of the service, and no others', async () => {
  const { operations } = await readDocument(url);
  const documented = new Set(operations.map(({ name }) => name));
  const routes = routesOf(app.getHttpAdapter().getInstance().printRoutes({ commonPrefix: false }));
  const undocumented = routes.filter(
    (route) =>
      !documented.has(route) &&
      !isHeadOf(route, routes) &&
      !DOCUMENTATION.test(route) &&
      !PAGE.test(route),
  );
  // Where every method is one route, OpenAPI has words for some of them only.
  expect(undocumented.filter((route) => !route.endsWith(' /'))).toEqual([]);
  expect([...documented].filter((operation) => !routes.includes(operation))).toEqual([]);
  expect(routes.length).toBeGreaterThan(operations.length);
});

/** Fastify answers HEAD wherever GET is. */
function isHeadOf(route: string, routes: readonly string[]): boolean {
  const [method, path] = route.split(' ');
  return method === 'HEAD' && routes.includes(`GET ${path}`);
}
