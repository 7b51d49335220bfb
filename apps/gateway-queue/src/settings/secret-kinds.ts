import { parseBotToken, TOKEN_RULE } from './bot-token.ts';
import { Secret } from './secret.ts';
import { secretSetting } from './setting.ts';

/** A bot's token. */
export function BotToken(): PropertyDecorator {
  return secretSetting({ parse: parseBotToken, rule: TOKEN_RULE });
}

/** A token that clients send in a header. */
export function BearerToken(): PropertyDecorator {
  return secretSetting({
    // What RFC 6750 allows in an Authorization header; 16 characters are hard enough to guess.
    parse: (text) => secretLike(/^[\w.~+/-]{16,512}=*$/, text),
    rule: 'must be 16 to 512 letters, digits and characters of -._~+/',
  });
}

/** The tokens of all operators, in one text. `adminTokensOf` reads it and reports violations by entry. */
export function AdminTokenList(): PropertyDecorator {
  return secretSetting({
    parse: (text) => new Secret(text),
    rule: 'must be name:role:token, with commas between several',
  });
}

/** The URL of a Redis or Valkey server; secret because a password may be in it. The store reads its parts when it opens. */
export function RedisUrl(): PropertyDecorator {
  return secretSetting({
    parse: (text) => secretLike(/^[\w+-]+:\/\/\S+$/, text),
    rule: 'must be the URL of a Redis or Valkey server, like redis://user:password@host:6379/0',
  });
}

function secretLike(pattern: RegExp, text: string): Secret | undefined {
  return pattern.test(text) ? new Secret(text) : undefined;
}
