/** The settings cannot be used. The message is for operators and holds no setting's value. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';

  /** @param violations each names a setting, and says what is wrong with it and what would be right */
  constructor(readonly violations: readonly string[]) {
    super(['The settings cannot be used:', ...violations].join('\n  '));
  }
}
