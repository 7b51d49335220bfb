import { type Environment, valueOf, variableOf } from './environment.ts';
import { secretProperties } from './setting.ts';
import { Settings } from './settings.ts';
import { readTextFile, TextFileError } from './text-file.ts';

/** The variables of all secrets. Each secret can also be in a file, which the variable `<name>_FILE` names. */
export const SECRET_VARIABLES: readonly string[] = secretProperties(Settings).map(variableOf);

/** The variable that names the file of a secret. */
export function fileVariableOf(secret: string): string {
  return `${secret}_FILE`;
}

/**
 * Reads the secrets that are in files.
 *
 * @returns the environment with the text of each file as the secret's own variable, and what is wrong with the files
 */
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
