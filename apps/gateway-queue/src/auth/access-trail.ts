import { Inject, Injectable, Logger } from '@nestjs/common';
import type { AuditAction, Operator } from '@gateway-queue/operator-records';
import { AUDIT_LOG, type AuditLog } from '../records/records.tokens.ts';
import { RecordsOutage } from './records-outage.ts';

/** How somebody tried to get in. */
export type Credentials = 'login' | 'bearer';

/** Writes down who came, tried to and went: in the audit log, and in the service's own. */
@Injectable()
export class AccessTrail {
  private readonly logger = new Logger('Access');

  constructor(
    @Inject(AUDIT_LOG) private readonly audit: AuditLog,
    @Inject(RecordsOutage) private readonly outage: RecordsOutage,
  ) {}

  /** @throws Problem (as a rejection) when that cannot be written: then nobody may be let in */
  async loggedIn({ name, role }: Operator, from: string): Promise<void> {
    await this.outage.guard(this.#append('login', name, from, { role }));
    this.logger.log({ by: name, role, from }, 'An operator logged in');
  }

  async failed(credentials: Credentials, from: string): Promise<void> {
    this.logger.warn({ credentials, from }, 'Somebody tried a wrong token');
    await this.#append('login-failed', null, from, { credentials }).catch((error: unknown) =>
      this.outage.report(error),
    );
  }

  async loggedOut({ name, role }: Operator, from: string): Promise<void> {
    this.logger.log({ by: name, role, from }, 'An operator logged out');
    await this.#append('logout', name, from, {}).catch((error: unknown) =>
      this.outage.report(error),
    );
  }

  async #append(
    action: AuditAction,
    by: string | null,
    from: string,
    details: Readonly<Record<string, string>>,
  ): Promise<void> {
    const nothing = { bot: null, bucket: null, target: null, reason: null };
    await this.audit.append({ action, by, from, ...nothing, details });
  }
}
