import { inspect } from 'node:util';
import { AdminTokenError } from './auth/admin-token-error.ts';
import { TooFewFilesError } from './connections/capacity.ts';
import { SettingsError } from './settings/settings-error.ts';
import { STORE_REFUSALS } from './store/stores.ts';

/** Node's error codes when it cannot listen at an address, or finds no address for a name. */
const NO_SUCH_HOST: ReadonlySet<unknown> = new Set(['EADDRNOTAVAIL', 'ENOTFOUND', 'EAI_AGAIN']);

/** Errors whose messages are for operators. */
const IN_WORDS = [SettingsError, AdminTokenError, TooFewFilesError, ...STORE_REFUSALS];

/** Tells the operator why the service does not start: in words where the cause is known, else with the whole error. */
export function inWords(error: unknown): string {
  if (error instanceof Error && IN_WORDS.some((kind) => error instanceof kind))
    return error.message;
  if (error instanceof Error && 'code' in error) {
    if (error.code === 'EADDRINUSE')
      return 'PORT: another process listens there already; choose another port';
    if (error.code === 'EACCES')
      return 'PORT: this process may not listen there; choose a port above 1023';
    if (NO_SUCH_HOST.has(error.code)) return 'HOST: this machine has no such address';
  }
  return inspect(error);
}
