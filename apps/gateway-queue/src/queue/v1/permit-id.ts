/** A permit's id on the wire: the bot's id and the UUID of the permit, because permits are kept by bot. */
const PATTERN = /^([\w.-]{1,64}):([\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})$/;

/** What names a permit in the limiter. */
export interface PermitName {
  readonly bot: string;
  readonly id: string;
}

export function toPermitId({ bot, id }: PermitName): string {
  return `${bot}:${id}`;
}

/** Undefined for a text that is no permit's id. */
export function parsePermitId(text: string): PermitName | undefined {
  const [, bot, id] = PATTERN.exec(text) ?? [];
  return bot === undefined || id === undefined ? undefined : { bot, id };
}
