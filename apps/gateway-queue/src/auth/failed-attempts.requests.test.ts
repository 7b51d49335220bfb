import { afterEach, beforeEach, expect, test } from 'vitest';
import { AuthApp, bearer, cookieOf, OPERATOR_TOKEN } from './testing/auth-app.ts';

let auth: AuthApp;
beforeEach(async () => {
  auth = await AuthApp.start({ settings: { TRUST_PROXY: 'true' } });
});
afterEach(() => auth.close());

/** Makes a request come from another address. */
const ELSEWHERE = { 'x-forwarded-for': '192.0.2.99' };

async function statuses(times: number, ask: () => Promise<{ statusCode: number }>) {
  const seen: number[] = [];
  for (let time = 0; time < times; time += 1) seen.push((await ask()).statusCode);
  return [...new Set(seen)];
}

test.each([
  ['logins', () => auth.logIn('wrong')],
  ['bearer tokens', () => auth.ask(bearer('wrong'))],
])('after ten wrong %s no token is checked for a minute', async (_, tryWrong) => {
  expect(await statuses(10, tryWrong)).toEqual([401]);
  await auth.clock.advance(500);
  const answers = [
    await tryWrong(),
    await auth.logIn(OPERATOR_TOKEN),
    await auth.ask(bearer(OPERATOR_TOKEN)),
  ];
  for (const answer of answers) {
    expect(answer.statusCode).toBe(429);
    expect(answer.headers['retry-after']).toBe('60');
    expect(answer.json()).toMatchObject({ code: 'too-many-attempts' });
  }
  await auth.clock.advance(59_500);
  expect((await auth.logIn(OPERATOR_TOKEN)).statusCode).toBe(200);
});

test('logins and bearer tokens count together', async () => {
  expect(await statuses(5, () => auth.logIn('wrong'))).toEqual([401]);
  expect(await statuses(5, () => auth.ask(bearer('wrong')))).toEqual([401]);
  expect((await auth.logIn(OPERATOR_TOKEN)).statusCode).toBe(429);
});

test('other addresses and sessions are not locked out', async () => {
  const cookie = cookieOf(await auth.logIn(OPERATOR_TOKEN));
  await statuses(10, () => auth.logIn('wrong'));
  expect((await auth.ask(cookie)).statusCode).toBe(200);
  expect((await auth.logIn(OPERATOR_TOKEN, ELSEWHERE)).statusCode).toBe(200);
});

test('right tokens never lock out, and a cookie that is over is no attempt', async () => {
  expect(await statuses(50, () => auth.ask(bearer(OPERATOR_TOKEN)))).toEqual([200]);
  const over = { cookie: `gateway-queue-session=${'x'.repeat(43)}` };
  expect(await statuses(50, () => auth.ask(over))).toEqual([401]);
  expect(await statuses(50, () => auth.ask())).toEqual([401]);
  expect((await auth.logIn(OPERATOR_TOKEN)).statusCode).toBe(200);
});

test('a proxy header that holds no address is not written down', async () => {
  await auth.logIn('wrong', { 'x-forwarded-for': 'canary<script>' });
  expect(auth.records.entries).toMatchObject([{ from: '127.0.0.1' }]);
});

test('each failed login is written down, and wrong bearer tokens once a minute for each address', async () => {
  const noted = () =>
    auth.records.entries.map(({ from, details }) => [from, details['credentials']]);
  await statuses(3, () => auth.logIn('wrong'));
  await statuses(6, () => auth.ask(bearer('wrong')));
  await auth.ask({ ...bearer('wrong'), ...ELSEWHERE });
  const login = ['127.0.0.1', 'login'];
  const once = [login, login, login, ['127.0.0.1', 'bearer'], ['192.0.2.99', 'bearer']];
  expect(noted()).toEqual(once);
  expect(auth.logged.filter(([, text]) => text === 'A client sent a wrong token')).toHaveLength(5);

  await auth.clock.advance(60_000);
  await auth.ask(bearer('wrong'));
  expect(noted()).toEqual([...once, ['127.0.0.1', 'bearer']]);
});

test('a token that is not checked is not written down', async () => {
  await statuses(30, () => auth.logIn('wrong'));
  expect(auth.records.entries).toHaveLength(10);
});
