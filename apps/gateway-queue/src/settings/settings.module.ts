import { type DynamicModule, Module } from '@nestjs/common';
import { Settings } from './settings.ts';

/** Provides {@link Settings} to all modules. */
@Module({})
export class SettingsModule {
  /** @param imports the modules that the settings were loaded with */
  static of(settings: Settings, imports: DynamicModule[] = []): DynamicModule {
    return {
      module: SettingsModule,
      global: true,
      imports,
      providers: [{ provide: Settings, useValue: settings }],
      exports: [Settings],
    };
  }
}
