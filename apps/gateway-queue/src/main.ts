import 'reflect-metadata';
import { type INestApplication, Logger } from '@nestjs/common';
import { startApplication } from './application.ts';
import { shutDownOnSignals } from './shutdown/signals.ts';
import { inWords } from './start-failure.ts';

let app: INestApplication | undefined;
shutDownOnSignals(() => app);
try {
  app = await startApplication();
  new Logger('gateway-queue').log(`Listening on ${await app.getUrl()}`);
} catch (error) {
  console.error(inWords(error));
  process.exit(1);
}
