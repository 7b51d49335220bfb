import { Inject, Injectable, Logger } from '@nestjs/common';
import type { AuditAction, Operator } from '@gateway-queue/operator-records';
import { AUDIT_LOG, type AuditLog, CLOCK, type Clock } from '../store/store.tokens.ts';
import { StoreAnswers } from '../store/store-answers.ts';

/**
 * How many failures a minute are written to the audit log, from all addresses together. A client with many addresses must
 * not fill the log, nor push logins and logouts out of it. What operators changed is kept apart from these entries. All
 * failures are in the service's own log.
 */
const MAX_FAILURES = 100;
const MINUTE_MS = 60_000;

/** How a client sent its token. */
export type Credentials = 'login' | 'bearer';

/** Writes logins, failed attempts and logouts to the audit log and to the service's own log. */
@Injectable()
export class AccessTrail {
  private readonly logger = new Logger('Access');
  #minuteBegan = -Infinity;
  #failures = 0;

  constructor(
    @Inject(AUDIT_LOG) private readonly audit: AuditLog,
    @Inject(StoreAnswers) private readonly answers: StoreAnswers,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws Problem (as a rejection) when the audit log cannot be written; the operator must not be admitted then */
  async loggedIn({ name, role }: Operator, from: string): Promise<void> {
    await this.answers.fromRecords(this.#append('login', name, from, { role }));
    this.logger.log({ by: name, role, from }, 'An operator logged in');
  }

  /** Never rejects: a failure that cannot be written to the audit log is still in the service's own log. */
  async failed(credentials: Credentials, from: string): Promise<void> {
    this.logger.warn({ credentials, from }, 'A client sent a wrong token');
    if (this.clock.now() - this.#minuteBegan >= MINUTE_MS) {
      this.#minuteBegan = this.clock.now();
      this.#failures = 0;
    }
    this.#failures += 1;
    if (this.#failures > MAX_FAILURES) return;
    const details = { credentials, ...(this.#failures === MAX_FAILURES && { moreInLog: true }) };
    await this.#append('login-failed', null, from, details).catch((error: unknown) =>
      this.answers.recordsFailed(error),
    );
  }

  /** Never rejects: a logout that cannot be written to the audit log is still in the service's own log. */
  async loggedOut({ name, role }: Operator, from: string): Promise<void> {
    this.logger.log({ by: name, role, from }, 'An operator logged out');
    await this.#append('logout', name, from, {}).catch((error: unknown) =>
      this.answers.recordsFailed(error),
    );
  }

  async #append(
    action: AuditAction,
    by: string | null,
    from: string,
    details: Readonly<Record<string, string | boolean>>,
  ): Promise<void> {
    const nothing = { bot: null, bucket: null, target: null, reason: null };
    await this.audit.append({ action, by, from, ...nothing, details });
  }
}
