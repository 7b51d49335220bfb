import { CANARY, secretOf } from './canary.ts';
import type { Credentials } from './plan.ts';

const SESSION = 'gateway-queue-session';

type Headers = Readonly<Record<string, string>>;

/** The callers of the API, those who may call it and some who may not. */
export class Callers {
  readonly operatorToken = secretOf('operator');
  readonly viewerToken = secretOf('viewer');
  readonly queueToken = secretOf('queue');
  /** For the service's setting. */
  readonly adminTokens = `olga:operator:${this.operatorToken},victor:viewer:${this.viewerToken}`;

  /** Every session's secret so far. */
  readonly sessions: string[] = [];
  #operatorSession = '';
  #viewerSession = '';

  /** Notes the secret that an answer sets, if it does, and returns it. */
  noteSession(setCookie: readonly string[] = []): string | undefined {
    const secret = new RegExp(`${SESSION}=([^;]+)`).exec(setCookie[0] ?? '')?.[1];
    if (secret !== undefined) this.sessions.push(secret);
    return secret;
  }

  /** Logs both in; the sessions before are used no more. */
  async logIn(url: string): Promise<void> {
    this.#operatorSession = await this.#sessionOf(url, this.operatorToken);
    this.#viewerSession = await this.#sessionOf(url, this.viewerToken);
  }

  /** The headers that show who asks. @param from the address that it seems to come from */
  headersOf(who: Credentials, from = '192.0.2.1'): Headers {
    return { 'X-Forwarded-For': from, ...this.#proofs()[who] };
  }

  #proofs(): Readonly<Record<Credentials, Headers>> {
    const operator = cookie(this.#operatorSession);
    const viewer = cookie(this.#viewerSession);
    return {
      none: {},
      wrong: bearer(`${CANARY}-wrong`),
      malformed: { Authorization: `Basic ${this.operatorToken}`, Cookie: '=;;%' },
      queue: bearer(this.queueToken),
      operator: bearer(this.operatorToken),
      viewer: bearer(this.viewerToken),
      'operator-session': { ...operator, ...site('same-origin') },
      'viewer-session': { ...viewer, ...site('same-origin') },
      'operator-session-other-site': { ...operator, ...site('cross-site') },
      'viewer-session-other-site': { ...viewer, ...site('cross-site') },
      'operator-session-no-site': operator,
      'viewer-session-no-site': viewer,
    };
  }

  async #sessionOf(url: string, token: string): Promise<string> {
    const answer = await fetch(`${url}/api/v1/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ token }),
    });
    const secret = this.noteSession(answer.headers.getSetCookie());
    if (secret === undefined) throw new Error(`The login was answered ${answer.status}`);
    return secret;
  }
}

function bearer(token: string): Headers {
  return { Authorization: `Bearer ${token}` };
}

function cookie(secret: string): Headers {
  return { Cookie: `${SESSION}=${secret}` };
}

function site(value: string): Headers {
  return { 'Sec-Fetch-Site': value };
}
