import { inspect } from 'node:util';
import { AdminTokenError } from './auth/admin-token-error.ts';
import { TooFewFilesError } from './connections/capacity.ts';
import { SettingsError } from './settings/settings-error.ts';
import { STORE_REFUSALS } from './store/stores.ts';

/** What Node says when it cannot listen at an address, or finds none for a name. */
const NO_SUCH_HOST: ReadonlySet<unknown> = new Set(['EADDRNOTAVAIL', 'ENOTFOUND', 'EAI_AGAIN']);

/** Their messages are made for operators. */
const IN_WORDS = [SettingsError, AdminTokenError, TooFewFilesError, ...STORE_REFUSALS];

/** Why the service does not start, for the operator: words where the cause is known, else all there is. */
export function inWords(error: unknown): string {
  if (error instanceof Error && IN_WORDS.some((kind) => error instanceof kind))
    return error.message;
  if (error instanceof Error && 'code' in error) {
    if (error.code === 'EADDRINUSE')
      return 'PORT: another process listens there already; choose another one';
    if (error.code === 'EACCES')
      return 'PORT: this process may not listen there; choose one above 1023';
    if (NO_SUCH_HOST.has(error.code)) return 'HOST: this machine has no such address';
  }
  return inspect(error);
}
