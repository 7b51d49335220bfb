import { Button, Stack } from '@mantine/core';
import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'wouter';
import { listAudit } from '../../api/audit.ts';
import { useResource } from '../../api/use-resource.ts';
import { Loading } from '../../ui/loading/Loading.tsx';
import { EmptyMessage } from '../../ui/EmptyMessage.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { Pager } from '../../ui/Pager.tsx';
import { ProblemAlert } from '../../ui/ProblemAlert.tsx';
import { type AuditFilter, isEmpty } from './audit-filter.ts';
import { type AuditView, queryOf, viewIn } from './audit-view.ts';
import { AuditFilterBar } from './AuditFilterBar.tsx';
import { AuditTable } from './AuditTable.tsx';

const PAGE_SIZE = 50;

/** The audit log: each change and login, with operator, reason, time and address. */
export default function AuditPage() {
  const [query, setQuery] = useSearchParams();
  const { cursors, filter } = useMemo(() => viewIn(query), [query]);
  const before = cursors.at(-1);
  const load = useCallback(
    (signal: AbortSignal) => listAudit({ ...filter, limit: PAGE_SIZE, before }, signal),
    [filter, before],
  );
  const { data, isLoading, problem, reload } = useResource(load);
  const show = (view: AuditView) => setQuery(queryOf(view), { replace: true });
  const change = (changed: AuditFilter) => show({ filter: { ...filter, ...changed }, cursors: [] });
  return (
    <Stack>
      <PageHeader title="Audit" description="Every change and every login, newest first">
        <Button
          size="xs"
          variant="default"
          loading={isLoading && data !== undefined}
          onClick={reload}
        >
          Reload
        </Button>
      </PageHeader>
      <AuditFilterBar filter={filter} onChange={change} />
      {problem !== undefined && <ProblemAlert problem={problem} onRetry={reload} />}
      {data === undefined && isLoading && <Loading what="the audit log" />}
      {data?.items.length === 0 && (
        <EmptyMessage title="No matching entries">
          {isEmpty(filter)
            ? 'Each change and each login makes an entry here.'
            : 'Remove a filter to see other entries.'}
        </EmptyMessage>
      )}
      {data !== undefined && data.items.length > 0 && <AuditTable entries={data.items} />}
      <Pager
        cursors={cursors}
        next={data?.next}
        labels={{ previous: 'Newer', next: 'Older' }}
        onChange={(turned) => show({ filter, cursors: turned })}
      />
    </Stack>
  );
}
