const FROM = 'from';

/** The path of the login page. @param from the path within the dashboard to return to after login */
export function loginPath(from: string): string {
  return from === '/' ? '/login' : `/login?${new URLSearchParams({ [FROM]: from })}`;
}

/** The path to go to after login. Anything but a path within the dashboard leads to the overview: a link may come from an attacker. */
export function pathAfterLogin(search: string): string {
  const from = new URLSearchParams(search).get(FROM) ?? '/';
  return /^\/(?![/\\])/.test(from) && !from.startsWith('/login') ? from : '/';
}
