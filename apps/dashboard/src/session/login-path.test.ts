import { expect, test } from 'vitest';
import { loginPath, pathAfterLogin } from './login-path.ts';

test.each(['/', '/bots/default/buckets?show=paused', '/audit?action=pause&by=kim&before=17'])(
  'after login the page shows %s again',
  (path) => {
    expect(pathAfterLogin(loginPath(path).replace('/login', ''))).toBe(path);
  },
);

test.each(['//evil.example', 'https://evil.example', '/\\evil.example', '/login', ''])(
  'login never leads to "%s"',
  (from) => {
    expect(pathAfterLogin(`?${new URLSearchParams({ from })}`)).toBe('/');
  },
);
