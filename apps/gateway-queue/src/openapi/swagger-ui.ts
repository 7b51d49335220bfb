import type { INestApplication } from '@nestjs/common';
import { SwaggerModule } from '@nestjs/swagger';
import { documentOf } from './document.ts';

/** The path of the API's documentation for people. Programs read `/docs-json` or `/docs-yaml`. */
const PATH = 'docs';

/** Options of Swagger UI itself (its docs/usage/configuration.md). */
const OPTIONS = {
  // Tokens stay in the page's memory. In the browser's storage they would outlive the page, in plain text.
  persistAuthorization: false,
  // No badge of validator.swagger.io, which would be sent the document.
  validatorUrl: null,
  tryItOutEnabled: true,
  displayRequestDuration: true,
  // The schemas are folded, so that the routes come first.
  defaultModelsExpandDepth: 0,
};

/** Serves Swagger UI and the document. A browser loads all files of it from this service. */
export function setUpSwagger(app: INestApplication): void {
  SwaggerModule.setup(PATH, app, () => documentOf(app), {
    customSiteTitle: 'gateway-queue: API',
    // Hides the bar with Swagger's logo and a field for the address of another document.
    customCss: '.swagger-ui .topbar { display: none }',
    swaggerOptions: OPTIONS,
  });
}
