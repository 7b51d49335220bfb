import { Global, type LoggerService, Module, type Type } from '@nestjs/common';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { FakeClock } from '@gateway-queue/identify-limiter/testing';
import { allowCookies } from '../../http/cookies.ts';
import { fastifyOptions } from '../../http/fastify-options.ts';
import { HttpModule } from '../../http/http.module.ts';
import { ignoreBodies } from '../../http/ignore-body.ts';
import { readJsonBodies } from '../../http/json-body.ts';
import { StoreAnswers } from '../../store/store-answers.ts';
import { AUDIT_LOG, CLOCK, LIMITER, SESSIONS } from '../../store/store.tokens.ts';
import type { Environment } from '../../settings/environment.ts';
import { readSettings } from '../../settings/read-settings.ts';
import { SettingsModule } from '../../settings/settings.module.ts';
import { AuthModule } from '../auth.module.ts';
import { RecordsInMemory } from './records-in-memory.ts';

/** Part of each token, so that a test can search for it. */
export const CANARY = 'canary-5ac1';

export const OPERATOR_TOKEN = `${CANARY}-of:the/operator`;
export const VIEWER_TOKEN = `${CANARY}-of:the/viewer`;
export const ADMIN_TOKENS = `alice:operator:${OPERATOR_TOKEN},bob:viewer:${VIEWER_TOKEN}`;

export const SESSION_PATH = '/api/v1/session';

/** The answer to a request. */
type Answer = Awaited<ReturnType<NestFastifyApplication['inject']>>;

export interface AuthAppOptions {
  readonly settings?: Environment;
  readonly controllers?: readonly Type[];
  /** The records of an application that ran before. */
  readonly records?: RecordsInMemory;
  readonly clock?: FakeClock;
}

/** An application with access control and little else, on a fake clock. */
export class AuthApp {
  private constructor(
    readonly app: NestFastifyApplication,
    readonly clock: FakeClock,
    readonly records: RecordsInMemory,
    /** Every line that was logged, as the arguments of the logger. */
    readonly logged: readonly (readonly unknown[])[],
  ) {}

  static async start(options: AuthAppOptions = {}): Promise<AuthApp> {
    const clock = options.clock ?? new FakeClock();
    const records = options.records ?? new RecordsInMemory(clock);
    const logged: unknown[][] = [];
    const settings = readSettings({ ADMIN_TOKENS, ...options.settings });

    @Global()
    @Module({
      providers: [
        StoreAnswers,
        { provide: CLOCK, useValue: clock },
        { provide: LIMITER, useValue: {} },
        { provide: AUDIT_LOG, useValue: records.audit },
        { provide: SESSIONS, useValue: records.sessions },
      ],
      exports: [StoreAnswers, CLOCK, LIMITER, AUDIT_LOG, SESSIONS],
    })
    class GroundModule {}

    const module = await Test.createTestingModule({
      imports: [SettingsModule.of(settings), GroundModule, HttpModule, AuthModule],
      controllers: [...(options.controllers ?? [])],
    })
      .setLogger(collecting(logged))
      .compile();
    const app = module.createNestApplication<NestFastifyApplication>(
      new FastifyAdapter(fastifyOptions(settings)),
      { bodyParser: false },
    );
    ignoreBodies(app);
    readJsonBodies(app);
    await allowCookies(app);
    await app.init();
    return new AuthApp(app, clock, records, logged);
  }

  /** Sends a request with these headers. By default it is a GET of the session. */
  async ask(
    headers: Readonly<Record<string, string>> = {},
    {
      method = 'GET',
      url = SESSION_PATH,
    }: { method?: 'GET' | 'PUT' | 'DELETE'; url?: string } = {},
  ): Promise<Answer> {
    return this.app.inject({ method, url, headers });
  }

  async logIn(token: string, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
    return this.app.inject({ method: 'POST', url: SESSION_PATH, headers, payload: { token } });
  }

  async close(): Promise<void> {
    await this.app.close();
  }
}

/** The header with a bearer token. */
export function bearer(token: string): { authorization: string } {
  return { authorization: `Bearer ${token}` };
}

/** The header with the cookie that this answer set. */
export function cookieOf(answer: Answer): { cookie: string } {
  const [cookie] = answer.cookies;
  if (cookie === undefined) throw new Error('No cookie was set');
  return { cookie: `${cookie.name}=${cookie.value}` };
}

function collecting(logged: unknown[][]): LoggerService {
  const note = (...entry: unknown[]): void => void logged.push(entry);
  return { log: note, warn: note, error: note, fatal: note, debug: note, verbose: note };
}
