import { levels, type LoggerOptions } from 'pino';

/** Who in Nest tells at info what the service is made of. Their warnings and errors stay what they are. */
const TELLING = new Set([
  'NestFactory',
  'InstanceLoader',
  'RoutesResolver',
  'RouterExplorer',
  'NestApplication',
]);

/** For pino: what Nest says of modules and routes at each start is for who debugs. */
export const nestStartUpAtDebug: NonNullable<LoggerOptions['hooks']> = {
  logMethod(args, method, level) {
    if (level === levels.values['info'] && TELLING.has(contextOf(args[0]))) this.debug(...args);
    else method.apply(this, args);
  },
};

function contextOf(members: unknown): string {
  const hasContext = typeof members === 'object' && members !== null && 'context' in members;
  return hasContext ? String(members.context) : '';
}
