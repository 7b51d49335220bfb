import type { DynamicModule } from '@nestjs/common';
import { ConfigModule } from '@nestjs/config';
import { readSettings } from './read-settings.ts';
import { Settings } from './settings.ts';
import { SettingsModule } from './settings.module.ts';

/**
 * The settings of this process, from its environment and the file `.env` in the working directory, and the module that
 * provides them. The environment goes before the file. Some settings are needed before the application exists.
 *
 * @throws SettingsError (as a rejection) that names every violation
 */
export async function loadSettings(): Promise<{ settings: Settings; module: DynamicModule }> {
  let settings = new Settings();
  const config = await ConfigModule.forRoot({
    validate: (environment) => {
      settings = readSettings(environment);
      // What is returned here is copied into process.env. A token in .env must not be, so nothing is.
      return {};
    },
  });
  return { settings, module: SettingsModule.of(settings, [config]) };
}
