/** A permit's id is its bot's and an operation's (a UUID), because permits are kept by bot. */
const PATTERN = /^([\w.-]{1,64}):([\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})$/;

/** What names a permit here. */
export interface PermitName {
  readonly bot: string;
  readonly id: string;
}

export function toPermitId({ bot, id }: PermitName): string {
  return `${bot}:${id}`;
}

/** Undefined for what no permit can be named. */
export function parsePermitId(text: string): PermitName | undefined {
  const [, bot, id] = PATTERN.exec(text) ?? [];
  return bot === undefined || id === undefined ? undefined : { bot, id };
}
