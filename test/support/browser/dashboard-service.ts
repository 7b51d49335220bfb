import { AdminClient } from '../admin/admin-client.ts';
import { startService, type Service } from '../service/service.ts';

/** The tokens of an operator and of a viewer. */
export const OPERATOR = 'an-operators-token-0123456789';
export const VIEWER = 'a-viewers-token-0123456789';

/** Settings that keep a bucket closed for a whole test: a permit may stay pending for longer than the test runs. */
export const CLOSED_FOR_LONG = { CONFIRM_TIMEOUT_MS: '3600000' } as const;

/** Starts the service with an operator and a viewer. */
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
 * Pauses over the API, as another operator does.
 *
 * @param scope the path behind `/bots/`, such as `default` or `default/buckets/3`
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
