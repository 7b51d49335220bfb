import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { AuditFilter } from '@gateway-queue/operator-records';
import { Access } from '../../auth/access.ts';
import { AUDIT_LOG, type AuditLog } from '../../store/store.tokens.ts';
import { documentQuery } from '../http/document-query.ts';
import { AuditBody, toAuditEntryBody } from './audit-entry.body.ts';
import { ACTION_RULE, AuditQuery } from './audit.query.ts';
import { StoreAnswers } from '../../store/store-answers.ts';

/** The audit log. */
@ApiTags('audit')
@Access('viewer')
@Controller('api/v1/audit')
export class AuditController {
  constructor(
    @Inject(AUDIT_LOG) private readonly audit: AuditLog,
    @Inject(StoreAnswers) private readonly answers: StoreAnswers,
  ) {}

  @Get()
  @ApiOperation({
    summary: 'Read the audit log',
    description:
      'Every change, login, failed login and logout, from all replicas, newest first. A change is written down before it is made. ' +
      'The newest 10 000 changes are kept, and apart from them the newest 2000 logins, failed logins and logouts.',
  })
  @ApiOkResponse({ type: AuditBody })
  @documentQuery('action', ACTION_RULE)
  async list(@Query() { before, limit, ...query }: AuditQuery): Promise<AuditBody> {
    // One more than is shown tells whether there is another page.
    const entries = await this.answers.fromRecords(
      this.audit.page(toFilter(query), limit + 1, before),
    );
    const page = entries.slice(0, limit);
    const last = page.at(-1);
    return {
      items: page.map(toAuditEntryBody),
      ...(last && entries.length > limit && { next: last.id }),
    };
  }
}

function toFilter({ action, bot, bucket, by }: Omit<AuditQuery, 'before' | 'limit'>): AuditFilter {
  return {
    ...(action !== undefined && { action }),
    ...(by !== undefined && { by }),
    ...(bot !== undefined && { bot }),
    ...(bucket !== undefined && { bucket }),
  };
}
