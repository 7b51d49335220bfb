import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import {
  AuthApp,
  bearer,
  CANARY,
  cookieOf,
  OPERATOR_TOKEN,
  SESSION_PATH,
  VIEWER_TOKEN,
} from './testing/auth-app.ts';

test('no token and no secret of a session is in an answer, the log or the records', async () => {
  const auth = await AuthApp.start();
  const loggedIn = await auth.logIn(OPERATOR_TOKEN);
  const cookie = cookieOf(loggedIn);
  const secret = loggedIn.cookies[0]?.value ?? '';
  expect(secret).not.toBe('');
  const wrong = `${CANARY}-wrong`;
  const post = (payload: string, type = 'application/json') =>
    auth.app.inject({
      method: 'POST',
      url: SESSION_PATH,
      headers: { 'content-type': type },
      payload,
    });

  const answers = [
    await auth.ask(bearer(OPERATOR_TOKEN)),
    await auth.ask(bearer(VIEWER_TOKEN)),
    await auth.ask(bearer(wrong)),
    await auth.ask(cookie),
    await auth.ask({ cookie: `gateway-queue-session=${CANARY}` }),
    await auth.ask({ ...cookie, 'sec-fetch-site': CANARY }, { method: 'DELETE' }),
    await auth.logIn(wrong),
    await auth.logIn('x'.repeat(600) + CANARY),
    await post(`{"token": "${CANARY}`),
    await post(`"${CANARY}"`),
    await post(`{"${CANARY}": 1}`),
    await post(CANARY, CANARY),
    await post(CANARY.repeat(2000)),
  ];
  auth.records.sessionsFail = true;
  answers.push(await auth.ask(cookie), await auth.logIn(OPERATOR_TOKEN));
  auth.records.sessionsFail = false;
  auth.records.auditFails = true;
  answers.push(await auth.logIn(OPERATOR_TOKEN), await auth.logIn(wrong));
  answers.push(
    await auth.ask({ ...cookie, 'sec-fetch-site': 'same-origin' }, { method: 'DELETE' }),
  );

  expect(answers.map(({ statusCode }) => statusCode)).toEqual([
    200, 200, 401, 200, 401, 403, 401, 400, 400, 400, 400, 415, 413, 503, 503, 503, 401, 204,
  ]);
  const seen = [
    ...answers.map(({ body, headers }) => body + JSON.stringify(headers)),
    inspect([auth.logged, auth.records.entries, auth.records.kept], { depth: null }),
  ];
  for (const text of seen) {
    expect(text).not.toContain(CANARY);
    expect(text).not.toContain(secret);
  }
  await auth.close();
});
