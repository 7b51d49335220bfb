import { afterEach, expect, test } from 'vitest';

import { Chromium } from '../support/browser/chromium.ts';
import { SwaggerPage } from '../support/browser/swagger-page.ts';
import { startService, type Service } from '../support/service/service.ts';

let service: Service | undefined;
let chromium: Chromium | undefined;

afterEach(async () => {
  await chromium?.end();
  await service?.kill();
});

test("Swagger UI loads only from the service, within the service's content security policy", async () => {
  service = await startService({ IDENTIFY_INTERVAL_MS: '20' });
  chromium = await Chromium.start();
  const swagger = await SwaggerPage.open(chromium.browser, service.url);
  expect(await swagger.execute('healthReady')).toMatchObject({ status: 200 });
  await swagger.page.waitForLoadState('networkidle');
  expect(swagger.complaints).toEqual([]);

  const requested = await chromium.end();
  chromium = undefined;
  const paths = requested.map((url) => url.replace(service?.url ?? '', ''));
  expect(paths).toEqual(
    expect.arrayContaining(['/docs/swagger-ui-bundle.js', '/docs/swagger-ui.css', '/health/ready']),
  );
  expect(paths.filter((path) => !path.startsWith('/'))).toEqual([]);
}, 600_000);
