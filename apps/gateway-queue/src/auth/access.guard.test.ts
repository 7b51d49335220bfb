import { Controller, Get, Put } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { ExecutionContextHost } from '@nestjs/core/helpers/execution-context-host.js';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Access } from './access.ts';
import { AccessGuard } from './access.guard.ts';
import { Authentication } from './authentication.ts';
import { CurrentOperator } from './current-operator.ts';
import type { ActingOperator } from './identity.ts';
import { AuthApp, bearer, cookieOf, OPERATOR_TOKEN, VIEWER_TOKEN } from './testing/auth-app.ts';

@Controller('undeclared')
class UndeclaredController {
  @Get()
  get(): string {
    return 'reached';
  }
}

@Access('viewer')
@Controller('things')
class ThingsController {
  @Get()
  look(@CurrentOperator() operator: ActingOperator): ActingOperator {
    return operator;
  }

  @Put()
  @Access('operator')
  change(@CurrentOperator() operator: ActingOperator): ActingOperator {
    return operator;
  }

  @Get('open')
  @Access('public')
  open(): string {
    return 'reached';
  }

  @Get('queue')
  @Access('queue')
  queue(this: void): string {
    return 'reached';
  }

  @Get('unknown')
  @Access('public')
  unknown(@CurrentOperator() operator: ActingOperator): ActingOperator {
    return operator;
  }
}

const LOOK = { url: '/things' };
const CHANGE = { method: 'PUT', url: '/things' } as const;

let auth: AuthApp;
beforeEach(async () => {
  auth = await AuthApp.start({ controllers: [UndeclaredController, ThingsController] });
});
afterEach(() => auth.close());

describe('a route that declares nothing', () => {
  test.each([{}, bearer(OPERATOR_TOKEN)])('is denied with %j', async (headers) => {
    const answer = await auth.ask(headers, { url: '/undeclared' });
    expect(answer.statusCode).toBe(403);
    expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
    expect(answer.json()).toMatchObject({ code: 'forbidden' });
  });

  test('is an error in the log once', async () => {
    await auth.ask({}, { url: '/undeclared' });
    await auth.ask({}, { url: '/undeclared' });
    const lines = auth.logged.filter(([entry]) =>
      JSON.stringify(entry).includes('UndeclaredController.get'),
    );
    expect(lines).toHaveLength(1);
    expect(lines[0]).toEqual([
      { route: 'UndeclaredController.get' },
      'A route has no @Access, so every request to it is denied',
      'AccessGuard',
    ]);
  });
});

test.each(['open', 'queue'])('the guard does not check %s routes', async (route) => {
  const answer = await auth.ask(bearer('wrong'), { url: `/things/${route}` });
  expect(answer.body).toBe('reached');
  expect(answer.headers['cache-control']).toBeUndefined();
});

describe('a route for viewers', () => {
  test.each([
    [OPERATOR_TOKEN, { name: 'alice', role: 'operator', from: '127.0.0.1' }],
    [VIEWER_TOKEN, { name: 'bob', role: 'viewer', from: '127.0.0.1' }],
  ])('admits every role and knows the operator: %s', async (token, operator) => {
    const answer = await auth.ask(bearer(token), LOOK);
    expect(answer.statusCode).toBe(200);
    expect(answer.json()).toEqual(operator);
    expect(answer.headers['cache-control']).toBe('no-store');
  });

  test.each([
    {},
    bearer('wrong'),
    bearer(`${OPERATOR_TOKEN}x`),
    bearer(`Bearer ${OPERATOR_TOKEN}`),
    { authorization: OPERATOR_TOKEN },
    { authorization: `Basic ${OPERATOR_TOKEN}` },
    { cookie: `gateway-queue-session=${OPERATOR_TOKEN}` },
    { cookie: `gateway-queue-session=${'x'.repeat(43)}` },
    { cookie: '=;;%' },
  ])('admits no client with %j', async (headers) => {
    const answer = await auth.ask(headers, LOOK);
    expect(answer.statusCode).toBe(401);
    expect(answer.headers['www-authenticate']).toBe('Bearer');
    expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
    expect(answer.json()).toMatchObject({ code: 'unauthorized' });
  });
});

describe('a route for operators', () => {
  test('admits operators', async () => {
    expect((await auth.ask(bearer(OPERATOR_TOKEN), CHANGE)).json()).toMatchObject({
      name: 'alice',
    });
  });

  test('admits no viewer, with a token or a session', async () => {
    const cookie = cookieOf(await auth.logIn(VIEWER_TOKEN));
    const own = { ...cookie, 'sec-fetch-site': 'same-origin' };
    for (const headers of [bearer(VIEWER_TOKEN), own]) {
      const answer = await auth.ask(headers, CHANGE);
      expect(answer.statusCode).toBe(403);
      expect(answer.json()).toMatchObject({ code: 'forbidden' });
    }
  });

  test('admits no client without credentials', async () => {
    expect((await auth.ask({}, CHANGE)).statusCode).toBe(401);
  });
});

test('a bearer token goes before a cookie, whatever the cookie may do', async () => {
  const cookie = cookieOf(await auth.logIn(OPERATOR_TOKEN));
  const both = { ...cookie, ...bearer(VIEWER_TOKEN), 'sec-fetch-site': 'same-origin' };
  expect((await auth.ask(both, LOOK)).json()).toMatchObject({ name: 'bob' });
  expect((await auth.ask({ ...both, ...bearer('wrong') }, LOOK)).statusCode).toBe(401);
  // A Basic header is for a proxy on the way.
  const basic = { ...cookie, authorization: 'Basic eDp5' };
  expect((await auth.ask(basic, LOOK)).json()).toMatchObject({ name: 'alice' });
});

test('a public route cannot ask for the operator', async () => {
  expect((await auth.ask(bearer(OPERATOR_TOKEN), { url: '/things/unknown' })).statusCode).toBe(500);
});

test('a request of a shard is admitted at once, without a promise', () => {
  const { app, clock } = auth;
  const guard = new AccessGuard(app.get(Reflector), app.get(Authentication), clock);
  const context = new ExecutionContextHost([], ThingsController, ThingsController.prototype.queue);
  expect(guard.canActivate(context)).toBe(true);
});

test('the access documents the credentials and the answers to requests without them', () => {
  const { paths } = SwaggerModule.createDocument(auth.app, new DocumentBuilder().build());
  const codesOf = (path: string, method: 'get' | 'put'): Record<string, string[]> => {
    const responses = paths[path]?.[method]?.responses ?? {};
    const problems = Object.entries(responses).map(([status, response]) => {
      const content = response && 'content' in response ? response.content : undefined;
      return [status, Object.keys(content?.['application/problem+json']?.examples ?? {})];
    });
    return Object.fromEntries(problems.filter(([status]) => Number(status) >= 400));
  };
  const forViewers = {
    401: ['unauthorized'],
    403: ['cross-site'],
    429: ['too-many-attempts'],
    503: ['records-unavailable'],
  };
  expect(codesOf('/things', 'get')).toEqual(forViewers);
  expect(codesOf('/things', 'put')).toEqual({ ...forViewers, 403: ['forbidden', 'cross-site'] });
  expect(paths['/things']?.put?.security).toEqual([{ admin: [] }, { session: [] }]);
  expect(paths['/things']?.put?.responses['429']).toMatchObject({ headers: { 'Retry-After': {} } });
  for (const path of ['/things/open', '/things/queue', '/undeclared']) {
    expect(codesOf(path, 'get')).toEqual({});
    expect(paths[path]?.get?.security).toBeUndefined();
  }
});
