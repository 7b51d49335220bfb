import { type Environment, valueOf } from './environment.ts';
import { readTextFile, TextFileError } from './text-file.ts';

/** The settings that must not be seen. Each can stand in a file that `<name>_FILE` names. */
export const SECRET_VARIABLES = [
  'DISCORD_TOKEN',
  'QUEUE_TOKEN',
  'ADMIN_TOKENS',
  'REDIS_URL',
] as const;

/** The variable that names the file of a secret. */
export function fileVariableOf(secret: string): string {
  return `${secret}_FILE`;
}

/** Puts what the files hold where the secrets themselves would stand. */
export function withSecretsFromFiles(environment: Environment): {
  environment: Environment;
  violations: string[];
} {
  const secrets: Record<string, string> = {};
  const violations: string[] = [];
  for (const secret of SECRET_VARIABLES) {
    const variable = fileVariableOf(secret);
    const path = valueOf(environment, variable);
    if (path === undefined) continue;
    if (valueOf(environment, secret) !== undefined) {
      violations.push(
        `${variable}: must not be set together with ${secret}; leave one of them out`,
      );
      continue;
    }
    try {
      secrets[secret] = readTextFile(path);
    } catch (error) {
      if (!(error instanceof TextFileError)) throw error;
      violations.push(`${variable}: ${error.message}`);
    }
  }
  return { environment: { ...environment, ...secrets }, violations };
}
