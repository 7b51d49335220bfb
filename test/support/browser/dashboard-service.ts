import { AdminClient } from '../admin/admin-client.ts';
import { startService, type Service } from '../service/service.ts';

/** One who may change things, and one who may only look. */
export const OPERATOR = 'an-operators-token-0123456789';
export const VIEWER = 'a-viewers-token-0123456789';

/** Buckets that stay closed for as long as a test wants it: a permit may be awaited for longer than it runs. */
export const CLOSED_FOR_LONG = { CONFIRM_TIMEOUT_MS: '3600000' } as const;

/** The service with somebody to log in as. */
export function startDashboardService(
  settings: Readonly<Record<string, string>> = {},
): Promise<Service> {
  return startService({
    ADMIN_TOKENS: `kim:operator:${OPERATOR},sam:viewer:${VIEWER}`,
    IDENTIFY_INTERVAL_MS: '20',
    IDENTIFY_MARGIN_MS: '0',
    ...settings,
  });
}

/**
 * Pauses as somebody else would, over the API.
 *
 * @param scope what stands behind `/bots/` in the path, such as `default` or `default/buckets/3`
 */
export async function pauseElsewhere(
  service: Pick<Service, 'url'>,
  scope: string,
  order: { readonly reason: string; readonly durationMs?: number },
): Promise<void> {
  const api = AdminClient.with({ authorization: `Bearer ${OPERATOR}` }, service);
  const { status } = await api.put(`/bots/${scope}/pause`, order);
  if (status !== 200) throw new Error(`The pause was answered ${status}`);
}
