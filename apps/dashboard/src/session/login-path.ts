const FROM = 'from';

/** Where the login page is, for one who was on their way elsewhere. @param from a path within the dashboard */
export function loginPath(from: string): string {
  return from === '/' ? '/login' : `/login?${new URLSearchParams({ [FROM]: from })}`;
}

/** Where to go after login. Only paths within the dashboard count: a link that somebody was sent may say anything. */
export function pathAfterLogin(search: string): string {
  const from = new URLSearchParams(search).get(FROM) ?? '/';
  return /^\/(?![/\\])/.test(from) && !from.startsWith('/login') ? from : '/';
}
