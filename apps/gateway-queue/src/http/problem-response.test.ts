import { Controller, Get } from '@nestjs/common';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import { Test } from '@nestjs/testing';
import { expect, test } from 'vitest';
import { Problem } from './problem.ts';
import { problemResponse } from './problem-response.ts';

const FULL = Problem.of('full', 'Full.').body;
const AWAY = Problem.of('limiter-unavailable', 'Away.').body;
const DRAINING = Problem.of('draining', 'Draining.').body;

@Controller()
@problemResponse({ description: 'It is away.', problems: [AWAY] })
class ThingsController {
  @Get('both')
  @problemResponse({ description: 'It is full.', problems: [FULL] })
  @problemResponse({ description: 'It drains.', problems: [DRAINING] })
  @problemResponse({ description: 'It is not there.', problems: [Problem.notFound().body] })
  both(): void {}

  @Get('one')
  @problemResponse({ description: 'It is full.', problems: [FULL] })
  one(): void {}
}

const of = (examples: object) => ({ content: { 'application/problem+json': { examples } } });

test('problems of one status that are documented separately are merged on their route', async () => {
  const module = await Test.createTestingModule({ controllers: [ThingsController] }).compile();
  const app = module.createNestApplication(new FastifyAdapter(), { logger: false });
  await app.init();
  const { paths } = SwaggerModule.createDocument(app, new DocumentBuilder().build());
  expect(paths['/both']?.get?.responses).toMatchObject({
    404: of({ 'not-found': {} }),
    503: {
      ...of({
        full: { value: FULL },
        draining: { value: DRAINING },
        'limiter-unavailable': { value: AWAY },
      }),
      description: expect.stringMatching(/It drains\.\s+It is full\.\s+It is away\./),
    },
  });
  const one = JSON.stringify(paths['/one']);
  expect(one).toContain('Full.');
  expect(one).toContain('Away.');
  expect(one).not.toContain('Draining.');
  await app.close();
});
