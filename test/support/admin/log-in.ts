import type { Service } from '../service/service.ts';
import { AdminClient, type AdminAnswer } from './admin-client.ts';
import { type Holder, TOKENS } from './operators.ts';

/** What a browser adds when a page of the service asks. */
const OWN_PAGE = { 'sec-fetch-site': 'same-origin' };

/** A session, as a page of the service has it. */
export interface LoggedIn {
  readonly answer: AdminAnswer;
  /** Asks with the session's cookie. */
  readonly client: AdminClient;
  /** The header fields that stand for it. */
  readonly credentials: Readonly<Record<string, string>>;
  /** The secret of the cookie, which may appear nowhere else. */
  readonly secret: string;
}

/** Begins a session at this service. */
export async function logIn(holder: Holder, service: Pick<Service, 'url'>): Promise<LoggedIn> {
  const anonymous = AdminClient.with(OWN_PAGE, service);
  const answer = await anonymous.post('/session', { token: TOKENS[holder] });
  const [cookie = ''] = answer.headers.getSetCookie().map((field) => field.split(';')[0]);
  if (answer.status !== 200) throw new Error(`POST /session answered ${answer.status}`);
  const credentials = { ...OWN_PAGE, cookie };
  const [, secret = ''] = cookie.split('=');
  return { answer, credentials, secret, client: AdminClient.with(credentials, service) };
}
