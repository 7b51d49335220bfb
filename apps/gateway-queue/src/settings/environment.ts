/** Variables by name, as a process has them. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** The variable that a property of the settings is read from: `dataDir` from `DATA_DIR`. */
export function variableOf(property: string): string {
  return property.replaceAll(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();
}

/** The variable's value without the white space around it; undefined when it is empty or not set. */
export function valueOf(environment: Environment, variable: string): string | undefined {
  const value = environment[variable]?.trim();
  return value === '' ? undefined : value;
}
