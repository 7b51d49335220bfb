import { type Role, ROLES } from '@gateway-queue/operator-records';
import { ADMIN_TOKEN_RULE, type AdminToken, parseAdminToken } from './admin-token.ts';
import type { Settings } from './settings.ts';

/** An operator's name is written into the audit log. */
const NAME = /^[\w.-]{1,64}$/;

/** A name, a role and a token; the token may have colons. */
const ENTRY = /^([^:]*):([^:]*):(.*)$/s;

/**
 * The tokens of `ADMIN_TOKENS`, and the violations in it. A violation names an entry by its number: any part of a malformed
 * entry may be a token, even the part before the first colon.
 */
export function adminTokensOf({ adminTokens }: Pick<Settings, 'adminTokens'>): {
  operatorTokens: AdminToken[];
  violations: string[];
} {
  const operatorTokens: AdminToken[] = [];
  const violations: string[] = [];
  const entries = adminTokens?.reveal().split(',') ?? [];
  for (const [index, entry] of entries.entries()) {
    const complain = (what: string): void => {
      violations.push(`ADMIN_TOKENS: entry ${index + 1}: ${what}`);
    };
    const read = readEntry(entry.trim(), complain);
    if (read === undefined) continue;
    if (operatorTokens.some(({ name }) => name === read.name)) {
      complain('its name is that of another entry too; each must have its own');
    }
    if (operatorTokens.some(({ token }) => token.reveal() === read.token.reveal())) {
      complain('its token is that of another entry too; each must have its own');
    }
    operatorTokens.push(Object.freeze(read));
  }
  return { operatorTokens, violations };
}

/** @returns undefined, after at least one complaint, when the entry cannot be used */
function readEntry(entry: string, complain: (what: string) => void): AdminToken | undefined {
  const parts = ENTRY.exec(entry);
  if (parts === null) {
    complain('must be name:role:token, like alice:operator:<token>');
    return undefined;
  }
  const [, name = '', role = '', text = ''] = parts;
  const token = parseAdminToken(text);
  const isNamed = NAME.test(name);
  if (!isNamed) complain('its name must be 1 to 64 letters, digits, underscores, dots and hyphens');
  if (!isRole(role)) complain(`its role must be ${ROLES.join(' or ')}`);
  if (token === undefined) complain(`its token ${ADMIN_TOKEN_RULE}`);
  return isNamed && isRole(role) && token ? { name, role, token } : undefined;
}

function isRole(text: string): text is Role {
  return ROLES.some((role) => role === text);
}
