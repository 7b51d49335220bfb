import { Inject, Injectable, Logger } from '@nestjs/common';
import type { AuditAction, AuditRecord } from '@gateway-queue/operator-records';
import type { ActingOperator } from '../auth/identity.ts';
import { LiveState } from '../live/live-state.ts';
import { AUDIT_LOG, type AuditLog } from '../store/store.tokens.ts';
import { Lists } from './lists/lists.ts';
import { StoreAnswers } from '../store/store-answers.ts';

/** What an operator changes. What does not apply is left out. */
export type Change = Partial<Omit<AuditRecord, 'action' | 'by' | 'from'>>;

/** What operators change is written down: in the audit log, and in the service's own. */
@Injectable()
export class Changes {
  private readonly logger = new Logger('Operators');

  constructor(
    @Inject(AUDIT_LOG) private readonly audit: AuditLog,
    @Inject(StoreAnswers) private readonly answers: StoreAnswers,
    @Inject(LiveState) private readonly live: Pick<LiveState, 'lookAgain'>,
    @Inject(Lists) private readonly lists: Pick<Lists, 'forget'>,
  ) {}

  /**
   * Writes a change down, and then makes it: none is ever made that nobody wrote down. One that fails stands there too, for
   * it may have been made. Whoever looks here afterwards sees it.
   *
   * @returns what `make` resolves to
   * @throws Problem (as a rejection) when it cannot be written down: it was not made then; and whatever `make` rejects with
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
      await this.live.lookAgain();
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
