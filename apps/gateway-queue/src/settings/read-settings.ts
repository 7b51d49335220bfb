import { plainToInstance } from 'class-transformer';
import { getMetadataStorage, validateSync } from 'class-validator';
import { adminTokensOf } from './admin-tokens.ts';
import { botsOf } from './bots.ts';
import { type Environment, valueOf, variableOf } from './environment.ts';
import { fileVariableOf, withSecretsFromFiles } from './secret-files.ts';
import { Settings } from './settings.ts';
import { SettingsError } from './settings-error.ts';

/**
 * The settings that an environment describes. It reads nothing but the environment and the files that it names.
 *
 * @throws SettingsError that names every violation
 */
export function readSettings(environment: Environment): Settings {
  const resolved = withSecretsFromFiles(environment);
  const settings = plainToInstance(Settings, valuesByProperty(resolved.environment));
  const invalid = validateSync(settings);
  const tokenFile = valueOf(environment, fileVariableOf(variableOf('discordToken')));
  const { bots, violations } = botsOf(settings, tokenFile);
  const { operatorTokens, violations: tokenViolations } = adminTokensOf(settings);

  const all = [
    ...resolved.violations,
    ...invalid.flatMap(({ property, constraints = {} }) =>
      Object.values(constraints).map((rule) => `${variableOf(property)}: ${rule}`),
    ),
    ...violations,
    ...tokenViolations,
  ];
  if (all.length > 0) throw new SettingsError(all);
  const derived = { bots: Object.freeze(bots), operatorTokens: Object.freeze(operatorTokens) };
  return Object.freeze(Object.assign(settings, derived));
}

/** The properties of the settings that are read from variables. */
export function settingProperties(): string[] {
  const checks = getMetadataStorage().getTargetValidationMetadatas(Settings, '', false, false);
  return [...new Set(checks.map(({ propertyName }) => propertyName))];
}

function valuesByProperty(environment: Environment): Record<string, string> {
  const values: Record<string, string> = {};
  for (const property of settingProperties()) {
    const value = valueOf(environment, variableOf(property));
    if (value !== undefined) values[property] = value;
  }
  return values;
}
