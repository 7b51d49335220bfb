import { type DynamicModule, Module } from '@nestjs/common';
import { Settings } from './settings.ts';

/** Lets everybody inject {@link Settings}. */
@Module({})
export class SettingsModule {
  /** @param imports what the settings were loaded with */
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
