import { levels, type LoggerOptions } from 'pino';

/** The parts of Nest that log modules and routes at info. Their warnings and errors keep their level. */
const START_UP_CONTEXTS = new Set([
  'NestFactory',
  'InstanceLoader',
  'RoutesResolver',
  'RouterExplorer',
  'NestApplication',
]);

/** A hook for pino that logs Nest's lines about modules and routes at debug. */
export const nestStartUpAtDebug: NonNullable<LoggerOptions['hooks']> = {
  logMethod(args, method, level) {
    if (level === levels.values['info'] && START_UP_CONTEXTS.has(contextOf(args[0])))
      this.debug(...args);
    else method.apply(this, args);
  },
};

function contextOf(members: unknown): string {
  const hasContext = typeof members === 'object' && members !== null && 'context' in members;
  return hasContext ? String(members.context) : '';
}
