import { existsSync, readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  ADMIN_TOKENS,
  AuthApp,
  bearer,
  cookieOf,
  OPERATOR_TOKEN,
  SESSION_PATH,
  VIEWER_TOKEN,
} from './testing/auth-app.ts';
import { hashOf } from './token-hash.ts';

const HOUR_MS = 3_600_000;

/** What a browser adds when a page of ours asks. */
const OWN_PAGE = { 'sec-fetch-site': 'same-origin' };

const TLS_PROXY = { 'x-forwarded-proto': 'https', 'x-forwarded-for': '192.0.2.7' };

let auth: AuthApp;
beforeEach(async () => {
  auth = await AuthApp.start();
});
afterEach(() => auth.close());

/** Starts the application anew, with the records and the clock that there are. */
async function restart(settings: Readonly<Record<string, string>>): Promise<void> {
  const { records, clock } = auth;
  await auth.close();
  auth = await AuthApp.start({ records, clock, settings });
}

describe('logging in', () => {
  test('answers with the operator, and when the session ends', async () => {
    const answer = await auth.logIn(OPERATOR_TOKEN, OWN_PAGE);
    expect(answer.statusCode).toBe(200);
    expect(answer.headers['cache-control']).toBe('no-store');
    expect(answer.json()).toEqual({
      name: 'alice',
      role: 'operator',
      expiresAt: new Date(auth.clock.wallNow() + 12 * HOUR_MS).toISOString(),
    });
  });

  test('answers with the name of the installation, at the login and later', async () => {
    await restart({ ENVIRONMENT: 'staging' });
    const answer = await auth.logIn(OPERATOR_TOKEN, OWN_PAGE);
    expect(answer.json()).toMatchObject({ name: 'alice', environment: 'staging' });
    expect((await auth.ask(cookieOf(answer))).json()).toMatchObject({ environment: 'staging' });
  });

  test('sets a cookie that no script and no other site can use', async () => {
    const { headers } = await auth.logIn(OPERATOR_TOKEN);
    expect(headers['set-cookie']).toMatch(
      /^gateway-queue-session=[\w-]{43}; Max-Age=43200; Path=\/; HttpOnly; SameSite=Strict$/,
    );
  });

  test('over TLS sets a cookie for TLS and this host alone', async () => {
    await restart({ TRUST_PROXY: '127.0.0.1', SESSION_TTL_MS: '1500' });
    const answer = await auth.logIn(OPERATOR_TOKEN, TLS_PROXY);
    expect(answer.headers['set-cookie']).toMatch(
      /^__Host-gateway-queue-session=[\w-]{43}; Max-Age=2; Path=\/; HttpOnly; Secure; SameSite=Strict$/,
    );
    const cookie = cookieOf(answer);
    expect((await auth.ask({ ...cookie, ...TLS_PROXY })).statusCode).toBe(200);
    // A cookie of plain HTTP is ignored over TLS, and the other way round.
    const plain = { cookie: cookie.cookie.replace('__Host-', '') };
    expect((await auth.ask({ ...plain, ...TLS_PROXY })).statusCode).toBe(401);
    expect((await auth.ask(cookie)).statusCode).toBe(401);
  });

  test('a proxy that is not trusted cannot say that the request came over TLS', async () => {
    const { headers } = await auth.logIn(OPERATOR_TOKEN, TLS_PROXY);
    expect(headers['set-cookie']).not.toContain('Secure');
  });

  test('makes another secret each time, and keeps only its hash', async () => {
    const answers = [await auth.logIn(OPERATOR_TOKEN), await auth.logIn(OPERATOR_TOKEN)];
    const secrets = answers.map(({ cookies }) => cookies[0]?.value ?? '');
    expect(new Set(secrets).size).toBe(2);
    const hashes = secrets.map((secret) => hashOf(secret).toString('hex'));
    expect([...auth.records.kept.keys()]).toEqual(hashes);
    expect([...auth.records.kept.values()]).toMatchObject([
      { name: 'alice', role: 'operator', tokenHash: hashOf(OPERATOR_TOKEN).toString('hex') },
      { name: 'alice' },
    ]);
  });

  test('is written down, with the address', async () => {
    await restart({ TRUST_PROXY: '127.0.0.1' });
    await auth.logIn(VIEWER_TOKEN, TLS_PROXY);
    expect(auth.records.entries).toEqual([
      {
        id: 1,
        at: auth.clock.wallNow(),
        action: 'login',
        by: 'bob',
        from: '192.0.2.7',
        bot: null,
        bucket: null,
        target: null,
        reason: null,
        details: { role: 'viewer' },
      },
    ]);
    expect(auth.logged).toContainEqual([
      { by: 'bob', role: 'viewer', from: '192.0.2.7' },
      'An operator logged in',
      'Access',
    ]);
  });

  test('with a wrong token fails, and is written down', async () => {
    const answer = await auth.logIn('wrong');
    expect(answer.statusCode).toBe(401);
    expect(answer.headers).toMatchObject({ 'www-authenticate': 'Bearer' });
    expect(answer.headers['set-cookie']).toBeUndefined();
    expect(answer.json()).toMatchObject({ code: 'unauthorized' });
    expect(auth.records.entries).toMatchObject([
      { action: 'login-failed', by: null, from: '127.0.0.1', details: { credentials: 'login' } },
    ]);
  });

  test.each(['cross-site', 'same-site', 'x'])('from another page (%s) fails', async (site) => {
    const answer = await auth.logIn(OPERATOR_TOKEN, { 'sec-fetch-site': site });
    expect(answer.statusCode).toBe(403);
    expect(answer.json()).toMatchObject({ code: 'cross-site' });
    expect(auth.records.kept.size).toBe(0);
  });

  test('from the address bar is allowed', async () => {
    expect((await auth.logIn(OPERATOR_TOKEN, { 'sec-fetch-site': 'none' })).statusCode).toBe(200);
  });

  test.each([{}, { token: 1 }, { token: '' }, { token: [OPERATOR_TOKEN] }, { token: null }])(
    'with %j is no attempt',
    async (payload) => {
      const answer = await auth.app.inject({ method: 'POST', url: SESSION_PATH, payload });
      expect(answer.statusCode).toBe(400);
      expect(answer.json()).toMatchObject({ code: 'invalid-parameter', parameter: 'token' });
      expect(auth.records.entries).toEqual([]);
    },
  );
});

describe('a session', () => {
  test('names the operator; so does a bearer token, without an end', async () => {
    const cookie = cookieOf(await auth.logIn(VIEWER_TOKEN));
    const expiresAt = new Date(auth.clock.wallNow() + 12 * HOUR_MS).toISOString();
    await auth.clock.advance(HOUR_MS);
    expect((await auth.ask(cookie)).json()).toEqual({ name: 'bob', role: 'viewer', expiresAt });
    expect((await auth.ask(bearer(VIEWER_TOKEN))).json()).toEqual({
      name: 'bob',
      role: 'viewer',
      expiresAt: null,
    });
  });

  test('ends after SESSION_TTL_MS, whether it is used or not', async () => {
    await restart({ SESSION_TTL_MS: '60000' });
    const cookie = cookieOf(await auth.logIn(OPERATOR_TOKEN));
    await auth.clock.advance(59_999);
    expect((await auth.ask(cookie)).statusCode).toBe(200);
    await auth.clock.advance(1);
    expect((await auth.ask(cookie)).statusCode).toBe(401);
  });

  test('outlives a restart', async () => {
    const cookie = cookieOf(await auth.logIn(OPERATOR_TOKEN));
    await restart({});
    expect((await auth.ask(cookie)).statusCode).toBe(200);
  });

  test('ends when its token is removed, even if the name has another token', async () => {
    const cookie = cookieOf(await auth.logIn(OPERATOR_TOKEN));
    await restart({ ADMIN_TOKENS: 'alice:operator:another-token-of-hers' });
    expect((await auth.ask(cookie)).statusCode).toBe(401);
    await restart({});
    expect((await auth.ask(cookie)).statusCode).toBe(200);
  });

  test('has the name and role that its token has now', async () => {
    const cookie = cookieOf(await auth.logIn(OPERATOR_TOKEN));
    await restart({ ADMIN_TOKENS: `carol:viewer:${OPERATOR_TOKEN}` });
    expect((await auth.ask(cookie)).json()).toMatchObject({ name: 'carol', role: 'viewer' });
  });

  test('with a malformed secret is not looked up', async () => {
    for (const secret of ['x', 'x'.repeat(42), 'x'.repeat(44), `${'x'.repeat(42)}!`]) {
      const cookie = `gateway-queue-session=${secret}`;
      expect((await auth.ask({ cookie })).statusCode).toBe(401);
    }
    expect(auth.records.lookUps).toBe(0);
  });
});

describe('logging out', () => {
  test('ends the session for good, deletes the cookie, and is written down', async () => {
    const cookie = cookieOf(await auth.logIn(OPERATOR_TOKEN));
    const answer = await auth.ask({ ...cookie, ...OWN_PAGE }, { method: 'DELETE' });
    expect(answer.statusCode).toBe(204);
    expect(answer.headers['set-cookie']).toMatch(
      /^gateway-queue-session=; Max-Age=0; Path=\/; Expires=[^;]+ 1970 [^;]+; HttpOnly; SameSite=Strict$/,
    );
    expect((await auth.ask(cookie)).statusCode).toBe(401);
    expect(auth.records.entries.at(-1)).toMatchObject({ action: 'logout', by: 'alice' });
  });

  test.each([{}, { 'sec-fetch-site': 'same-site' }, { 'sec-fetch-site': 'none' }])(
    'with the cookie needs a page of ours, not %j',
    async (headers) => {
      const cookie = cookieOf(await auth.logIn(OPERATOR_TOKEN));
      const answer = await auth.ask({ ...cookie, ...headers }, { method: 'DELETE' });
      expect(answer.statusCode).toBe(403);
      expect(answer.json()).toMatchObject({ code: 'cross-site' });
      expect((await auth.ask(cookie)).statusCode).toBe(200);
    },
  );

  test.each(['http://queue.test', 'http://localhost:8080', 'https://localhost', 'null'])(
    'without TLS a page of %s is refused by its origin',
    async (origin) => {
      const cookie = cookieOf(await auth.logIn(OPERATOR_TOKEN));
      const asking = { ...cookie, origin, host: 'localhost' };
      expect((await auth.ask(asking, { method: 'DELETE' })).statusCode).toBe(403);
      expect((await auth.logIn(OPERATOR_TOKEN, { origin, host: 'localhost' })).statusCode).toBe(
        403,
      );
      const own = { ...cookie, origin: 'http://localhost', host: 'localhost' };
      expect((await auth.ask(own, { method: 'DELETE' })).statusCode).toBe(204);
    },
  );

  test('an origin is ignored when the browser says which site’s page made the request', async () => {
    const cookie = cookieOf(await auth.logIn(OPERATOR_TOKEN));
    const asking = {
      origin: 'http://localhost',
      host: 'localhost',
      'sec-fetch-site': 'cross-site',
    };
    const answer = await auth.ask({ ...cookie, ...asking }, { method: 'DELETE' });
    expect(answer.statusCode).toBe(403);
  });

  test('with a bearer token ends nothing', async () => {
    const cookie = cookieOf(await auth.logIn(OPERATOR_TOKEN));
    const headers = { ...cookie, ...bearer(OPERATOR_TOKEN) };
    expect((await auth.ask(headers, { method: 'DELETE' })).statusCode).toBe(204);
    expect((await auth.ask(cookie)).statusCode).toBe(200);
  });
});

describe('while sessions cannot be reached', () => {
  beforeEach(async () => {
    auth.records.sessionsFail = true;
  });

  test('no operator can log in', async () => {
    const answer = await auth.logIn(OPERATOR_TOKEN);
    expect(answer.statusCode).toBe(503);
    expect(answer.headers['set-cookie']).toBeUndefined();
    expect(answer.json()).toMatchObject({ code: 'records-unavailable' });
  });

  test('no session is valid, and a bearer token is', async () => {
    auth.records.sessionsFail = false;
    const cookie = cookieOf(await auth.logIn(OPERATOR_TOKEN));
    auth.records.sessionsFail = true;
    for (const method of ['GET', 'DELETE'] as const) {
      const answer = await auth.ask({ ...cookie, ...OWN_PAGE }, { method });
      expect(answer.statusCode).toBe(503);
      expect(answer.headers['set-cookie']).toBeUndefined();
    }
    expect((await auth.ask(bearer(OPERATOR_TOKEN))).statusCode).toBe(200);
  });

  test('the log says so at most every 10 s', async () => {
    for (let time = 0; time < 5; time += 1) await auth.logIn(OPERATOR_TOKEN);
    const lines = () =>
      auth.logged.filter(([, message]) => String(message).includes('cannot be reached'));
    expect(lines()).toHaveLength(1);
    await auth.clock.advance(10_000);
    await auth.logIn(OPERATOR_TOKEN);
    expect(lines()).toHaveLength(2);
  });
});

describe('while the audit log cannot be written', () => {
  beforeEach(() => {
    auth.records.auditFails = true;
  });

  test('no operator can log in, and no session is left', async () => {
    const answer = await auth.logIn(OPERATOR_TOKEN);
    expect(answer.statusCode).toBe(503);
    expect(answer.headers['set-cookie']).toBeUndefined();
    expect(auth.records.kept.size).toBe(0);
  });

  test('a wrong token is still refused, and logging out still ends the session', async () => {
    auth.records.auditFails = false;
    const cookie = cookieOf(await auth.logIn(OPERATOR_TOKEN));
    auth.records.auditFails = true;
    expect((await auth.logIn('wrong')).statusCode).toBe(401);
    expect((await auth.ask(bearer('wrong'))).statusCode).toBe(401);
    const answer = await auth.ask({ ...cookie, ...OWN_PAGE }, { method: 'DELETE' });
    expect(answer.statusCode).toBe(204);
    expect(auth.records.kept.size).toBe(0);
    expect(JSON.stringify(auth.logged)).toContain('cannot be reached');
  });
});

test('without ADMIN_TOKENS there is one operator, whose token is in a file that the log names', async () => {
  await restart({ ADMIN_TOKENS: '', DATA_DIR: ':memory:' });
  const line = auth.logged.find(([, message]) =>
    String(message).includes('ADMIN_TOKENS is not set'),
  );
  const { path } = JSON.parse(JSON.stringify(line?.[0]));
  const token = readFileSync(path, 'utf8').trim();
  expect((await auth.ask(bearer(token))).json()).toMatchObject({
    name: 'first-start',
    role: 'operator',
  });
  expect(JSON.stringify(auth.logged)).not.toContain(token);
  await restart({ ADMIN_TOKENS });
  expect(existsSync(path)).toBe(false);
});
