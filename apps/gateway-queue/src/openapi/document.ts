import type { INestApplication } from '@nestjs/common';
import { type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { about } from './about.ts';
import { corrected } from './corrections.ts';
import { operationId } from './operation-id.ts';

/** The OpenAPI document of the application's routes. The same code makes the same document. */
export function documentOf(app: INestApplication): OpenAPIObject {
  const document = SwaggerModule.createDocument(app, about(), { operationIdFactory: operationId });
  return { ...document, paths: corrected(document.paths) };
}
