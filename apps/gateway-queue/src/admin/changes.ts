import { Inject, Injectable, Logger } from '@nestjs/common';
import type { AuditAction, AuditRecord } from '@gateway-queue/operator-records';
import type { ActingOperator } from '../auth/identity.ts';
import { LiveState } from '../live/live-state.ts';
import { AUDIT_LOG, type AuditLog } from '../store/store.tokens.ts';
import { Lists } from './lists/lists.ts';
import { StoreAnswers } from '../store/store-answers.ts';

/** A change by an operator, as the audit log keeps it. What does not apply is left out. */
export type Change = Partial<Omit<AuditRecord, 'action' | 'by' | 'from'>>;

/** Makes the operators' changes, and writes each to the audit log and to the service's log first. */
@Injectable()
export class Changes {
  private readonly logger = new Logger('Operators');

  constructor(
    @Inject(AUDIT_LOG) private readonly audit: AuditLog,
    @Inject(StoreAnswers) private readonly answers: StoreAnswers,
    @Inject(LiveState) private readonly live: Pick<LiveState, 'refresh'>,
    @Inject(Lists) private readonly lists: Pick<Lists, 'forget'>,
  ) {}

  /**
   * Writes a change to the audit log, and then makes it. A change that cannot be written down is not made. A change that
   * fails stays in the log, because it may have been made. Reads of this replica show the change from then on.
   *
   * @returns what `make` resolves to
   * @throws Problem (as a rejection) when the change cannot be written down; and what `make` rejects with
   */
  async carryOut<T>(
    operator: ActingOperator,
    action: AuditAction,
    change: Change,
    make: () => Promise<T>,
  ): Promise<T> {
    await this.#writeDown(operator, action, change);
    try {
      return await make();
    } finally {
      this.lists.forget();
      await this.live.refresh();
    }
  }

  async #writeDown(operator: ActingOperator, action: AuditAction, change: Change): Promise<void> {
    const { name: by, from } = operator;
    const nothing = { bot: null, bucket: null, target: null, reason: null, details: {} };
    const record = { ...nothing, ...change, action, by, from };
    await this.answers.fromRecords(this.audit.append(record));
    this.logger.log(record, 'An operator changes something');
  }
}
