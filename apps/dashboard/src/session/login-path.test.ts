import { expect, test } from 'vitest';
import { loginPath, pathAfterLogin } from './login-path.ts';

test.each(['/', '/bots/default/buckets/3?page=2', '/audit?by=kim&action=pause'])(
  'after login one is back at %s',
  (path) => {
    expect(pathAfterLogin(loginPath(path).replace('/login', ''))).toBe(path);
  },
);

test.each(['//evil.example', 'https://evil.example', '/\\evil.example', '/login', ''])(
  'nobody is sent to %s',
  (from) => {
    expect(pathAfterLogin(`?${new URLSearchParams({ from })}`)).toBe('/');
  },
);
