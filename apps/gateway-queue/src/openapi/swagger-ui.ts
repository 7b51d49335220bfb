import type { INestApplication } from '@nestjs/common';
import { SwaggerModule } from '@nestjs/swagger';
import { documentOf } from './document.ts';

/** Where the API is documented, for people; `/docs-json` and `/docs-yaml` have it for programs. */
const PATH = 'docs';

/** Options of Swagger UI itself (its docs/usage/configuration.md). */
const OPTIONS = {
  // Tokens stay in the page's memory: in the browser's storage they would outlive it, in plain text.
  persistAuthorization: false,
  // No badge of validator.swagger.io, which would be shown the document. For now it is left out anyway: the document stands in the page.
  validatorUrl: null,
  tryItOutEnabled: true,
  displayRequestDuration: true,
  // Folded: the routes come first.
  defaultModelsExpandDepth: 0,
};

/** Serves Swagger UI, and the document. All that a browser loads for it comes from here. */
export function setUpSwagger(app: INestApplication): void {
  SwaggerModule.setup(PATH, app, () => documentOf(app), {
    customSiteTitle: 'gateway-queue: API',
    // A bar with Swagger's logo, and a field for the address of another document.
    customCss: '.swagger-ui .topbar { display: none }',
    swaggerOptions: OPTIONS,
  });
}
