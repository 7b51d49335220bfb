import { inspect } from 'node:util';
import { AdminTokenError } from './auth/admin-token-error.ts';
import { TooFewFilesError } from './connections/capacity.ts';
import { errorCode } from './logs/error-code.ts';
import { SettingsError } from './settings/settings-error.ts';
import { STORE_REFUSALS } from './store/stores.ts';

const NO_SUCH_HOST = 'HOST: this machine has no such address';

/** By Node's error codes when it cannot listen at an address, or finds no address for a name. */
const LISTEN_FAILURES: ReadonlyMap<string | undefined, string> = new Map([
  ['EADDRINUSE', 'PORT: another process listens there already; choose another port'],
  ['EACCES', 'PORT: this process may not listen there; choose a port above 1023'],
  ['EADDRNOTAVAIL', NO_SUCH_HOST],
  ['ENOTFOUND', NO_SUCH_HOST],
  ['EAI_AGAIN', NO_SUCH_HOST],
]);

/** Errors whose messages are for operators. */
const IN_WORDS = [SettingsError, AdminTokenError, TooFewFilesError, ...STORE_REFUSALS];

/** Tells the operator why the service does not start: in words where the cause is known, else with the whole error. */
export function inWords(error: unknown): string {
  if (error instanceof Error && IN_WORDS.some((kind) => error instanceof kind))
    return error.message;
  return LISTEN_FAILURES.get(errorCode(error)) ?? inspect(error);
}
