import 'reflect-metadata';
import { Logger } from '@nestjs/common';
import { startApplication } from './application.ts';
import { inWords } from './start-failure.ts';
import { shutDownOnSignals } from './shutdown/signals.ts';

try {
  const app = await startApplication();
  shutDownOnSignals(app);
  new Logger('gateway-queue').log(`Listening on ${await app.getUrl()}`);
} catch (error) {
  console.error(inWords(error));
  process.exit(1);
}
