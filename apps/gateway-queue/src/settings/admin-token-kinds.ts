import { Secret } from './secret.ts';
import { setting } from './setting.ts';

/** The tokens of operators, all in one text that is kept as a {@link Secret}. `adminTokensOf` reads it, and complains of each entry. */
export function AdminTokenList(): PropertyDecorator {
  return setting({
    parse: (text) => new Secret(text),
    accepts: (value) => value instanceof Secret,
    rule: 'must be name:role:token, with commas between several',
  });
}
