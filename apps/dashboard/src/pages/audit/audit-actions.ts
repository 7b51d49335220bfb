import type { AuditAction } from '../../api/schemas.ts';
import type { Tone } from '../../ui/marks/Mark.tsx';

/** An action of the audit log, as the page shows it. */
interface AuditActionText {
  readonly tone: Tone;
  readonly text: string;
}

/** Every action. The compiler reports an action of the API that has no entry here. */
export const AUDIT_ACTIONS: Readonly<Record<AuditAction, AuditActionText>> = {
  login: { tone: 'quiet', text: 'login' },
  'login-failed': { tone: 'bad', text: 'failed login' },
  logout: { tone: 'quiet', text: 'logout' },
  pause: { tone: 'quiet', text: 'pause' },
  resume: { tone: 'quiet', text: 'resume' },
  evict: { tone: 'bad', text: 'evict' },
  refresh: { tone: 'quiet', text: 'refresh' },
  'override-limits': { tone: 'quiet', text: 'override limits' },
  'lift-override': { tone: 'quiet', text: 'lift override' },
};

export function isAuditAction(value: string): value is AuditAction {
  return Object.hasOwn(AUDIT_ACTIONS, value);
}
