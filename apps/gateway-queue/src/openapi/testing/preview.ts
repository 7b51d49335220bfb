import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { AppModule } from '../../app.module.ts';
import { Settings } from '../../settings/settings.ts';
import { SettingsModule } from '../../settings/settings.module.ts';

/** The whole service without its providers, for reading its routes. It opens no file and no connection. */
export function previewApplication(): Promise<NestFastifyApplication> {
  return NestFactory.create<NestFastifyApplication>(
    AppModule.with(SettingsModule.of(new Settings())),
    new FastifyAdapter(),
    { preview: true, logger: false },
  );
}
