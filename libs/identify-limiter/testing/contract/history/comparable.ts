import type { Limiter } from '../harness.ts';

/** Members that name something by a text or number which each limiter chooses for itself. */
const NAMES = new Set(['id', 'entry', 'operation', 'waitsAt', 'ticket']);
const VERSIONS = new Set(['version', 'limitsVersion']);
/** Members that hold moments in ms since the Unix epoch. */
const MOMENTS = new Set(['now', 'since', 'until', 'grantedAt', 'reportedAt', 'resetAt', 'backAt']);

/** Stores may count in whole microseconds. */
const TOLERANCE_MS = 0.01;

/**
 * Rewrites what one limiter says, so that it can be compared with what another one says to the same questions: names
 * become numbers in the order in which they appear, and moments become ms since the history began.
 */
export class Comparable {
  readonly #names = new Map<string, number>();

  /** @param beganAt when the history began, in ms since the Unix epoch on the limiter's clock */
  constructor(
    private readonly limiter: Limiter,
    private readonly beganAt: number,
  ) {}

  of(value: unknown, member = '', bot = ''): unknown {
    if (Array.isArray(value)) return value.map((one) => this.of(one, member, bot));
    if (isObject(value)) {
      const members = Object.entries(value).filter(([, one]) => one !== undefined);
      const whose = botOf(value) ?? bot;
      return Object.fromEntries(members.map(([name, one]) => [name, this.of(one, name, whose)]));
    }
    // A ticket is unique in its bot alone.
    if (NAMES.has(member)) return this.#numberOf(`${bot} ${String(value)}`);
    // 0 stands for limits that are not known yet.
    if (VERSIONS.has(member) && value !== 0) return this.#numberOf(`version ${String(value)}`);
    if (typeof value !== 'number') return value;
    if (member === 'joinedAt') return this.limiter.momentOf(value) - this.beganAt;
    return MOMENTS.has(member) ? value - this.beganAt : value;
  }

  #numberOf(name: string): number {
    const number = this.#names.get(name) ?? this.#names.size;
    this.#names.set(name, number);
    return number;
  }
}

/** Where the two values differ first, in words; undefined when they are the same. */
export function differenceOf(is: unknown, should: unknown, path = ''): string | undefined {
  if (typeof is === 'number' && typeof should === 'number') {
    if (is === should || Math.abs(is - should) <= TOLERANCE_MS) return undefined;
  } else if (isObject(is) && isObject(should)) {
    for (const member of new Set([...Object.keys(is), ...Object.keys(should)])) {
      const found = differenceOf(is[member], should[member], `${path}.${member}`);
      if (found !== undefined) return found;
    }
    return undefined;
  } else if (is === should) {
    return undefined;
  }
  return `${path} is ${JSON.stringify(is)} and not ${JSON.stringify(should)}`;
}

function botOf({ attempt, bot, entry, permit }: Record<string, unknown>): string | undefined {
  if (typeof bot === 'string') return bot;
  const part = [entry, attempt, permit].find(isObject);
  return part && botOf(part);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
