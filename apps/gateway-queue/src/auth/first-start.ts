import { Logger } from '@nestjs/common';
import type { Settings } from '../settings/settings.ts';
import { type FirstStartToken, firstStartToken } from './first-start-token.ts';

/** Injects the {@link FirstStartToken}, or null when tokens are configured. */
export const FIRST_START = Symbol('FirstStartToken');

/**
 * The token that holds while none is configured. The log names its file.
 *
 * @throws AdminTokenError
 */
export function firstStart({ operatorTokens, dataDir }: Settings): FirstStartToken | null {
  if (operatorTokens.length > 0) return null;
  const token = firstStartToken(dataDir);
  new Logger('Access').log(
    { path: token.path },
    'ADMIN_TOKENS is not set, so there is one operator, whose token is in this file',
  );
  return token;
}
