import type { Attempt, Limits, Permit } from '@gateway-queue/identify-limiter';
import type { LimiterHarness, RestartOptions } from '../harness.ts';
import { attemptOf, BOT, enterOne, OTHER_BOT, type Waiter } from '../moves.ts';
import type { Command } from './commands.ts';
import type { Event, Happening } from './event.ts';

/** How long after its permit an operation is repeated, or a permit confirmed or released. */
const RECENTLY_MS = 60_000;

interface Waiting extends Waiter {
  readonly replica: string;
  readonly confirm: boolean;
  /** Buckets in which its rank may be its replica's head. */
  readonly tried: Set<number>;
}

interface Granted {
  readonly at: number;
  readonly attempt: Attempt;
  readonly permit: Permit;
}

type CommandTo<K extends Command['do']> = Extract<Command, { do: K }>;

/** Carries out commands as a limiter's users might, and tells what happened. */
export class Player {
  readonly #waiting = new Set<Waiting>();
  readonly #granted = new Set<Granted>();
  /** The limits that each replica knows of each bot, which may be outdated. */
  readonly #known = new Map<string, Limits>();
  #at = 0;
  #writtenAt = 0;

  constructor(
    private readonly harness: LimiterHarness,
    private readonly listener: (event: Event) => void,
  ) {}

  async play(command: Command): Promise<void> {
    await this.#carryOut(command);
    for (const bot of [BOT, OTHER_BOT]) {
      this.#tell({ kind: 'read', bot, limits: await this.harness.replica('a').limits(bot) });
    }
  }

  #carryOut(command: Command): Promise<unknown> {
    switch (command.do) {
      case 'enter':
        return this.#enter(command);
      case 'ask':
        return this.#enter(command).then((waiting) => this.#try(waiting));
      case 'try':
        return this.#try(pickFrom(this.#waiting, command.pick));
      case 'leave':
        return this.#leave(pickFrom(this.#waiting, command.pick));
      case 'repeat':
        return this.#repeat(command);
      case 'confirm':
        return this.#confirm(command);
      case 'release':
        return this.#release(command);
      case 'advance':
        return this.#advance(command);
      case 'pause':
        return this.#pause(command);
      case 'resume':
        return this.#resume(command);
      case 'report':
        return this.#report(command);
      case 'restart':
        return this.#restart(command, { downMs: command.downMs, wallJumpMs: command.wallJumpMs });
      case 'reboot':
        return this.#restart(command, { rebootDownMs: command.downMs });
      default:
        return command satisfies never;
    }
  }

  async #enter({
    replica,
    bot,
    shard,
    priority,
    confirm,
  }: CommandTo<'enter' | 'ask'>): Promise<Waiting> {
    const waiter = await enterOne(this.harness.replica(replica), shard, { bot, priority });
    const waiting = { ...waiter, replica, confirm, tried: new Set<number>() };
    this.#waiting.add(waiting);
    const { margin } = await this.harness.replica(replica).view(bot);
    this.#tell({ kind: 'entered', entry: waiter, rank: waiter.rank, marginMs: margin.ms });
    return waiting;
  }

  async #try(waiting: Waiting | undefined): Promise<void> {
    if (waiting === undefined) return;
    const { replica, bot, confirm } = waiting;
    const limiter = this.harness.replica(replica);
    const attempt = {
      ...attemptOf(waiting, this.#known.get(`${replica} ${bot}`)),
      confirm,
    };
    const answer = await limiter.tryAcquire(attempt);
    this.#tell({ kind: 'answered', replica, attempt, answer });
    if (answer.granted) {
      this.#waiting.delete(waiting);
      this.#granted.add({ at: this.#at, attempt, permit: answer });
    } else if (answer.limits !== undefined) {
      this.#known.set(`${replica} ${bot}`, answer.limits);
    } else {
      waiting.tried.add(attempt.bucket);
    }
  }

  async #leave(waiting: Waiting | undefined): Promise<void> {
    if (waiting === undefined) return;
    const { replica, bot, rank } = waiting;
    this.#waiting.delete(waiting);
    await this.harness.replica(replica).leave([waiting]);
    this.#tell({ kind: 'left', bot, rank });
    for (const bucket of waiting.tried) {
      await this.harness.replica(replica).withdrawHead(bot, bucket);
      this.#tell({ kind: 'withdrew', replica, scope: { bot, bucket } });
    }
  }

  async #repeat({ replica, pick }: CommandTo<'repeat'>): Promise<void> {
    const granted = pickFrom(this.#recentlyGranted(), pick);
    if (granted === undefined) return;
    const answer = await this.harness.replica(replica).tryAcquire(granted.attempt);
    this.#tell({ kind: 'repeated', attempt: granted.attempt, answer });
  }

  async #confirm({ replica, pick }: CommandTo<'confirm'>): Promise<void> {
    const granted = pickFrom(this.#recentlyGranted(), pick);
    if (granted === undefined) return;
    const { permit } = granted;
    const done = await this.harness.replica(replica).confirm(permit.bot, permit.id);
    this.#tell({ kind: 'confirmed', permit, done });
  }

  async #release({ replica, pick }: CommandTo<'release'>): Promise<void> {
    const granted = pickFrom(this.#recentlyGranted(), pick);
    if (granted === undefined) return;
    for (const permit of [granted.permit, granted.permit].slice(pick % 2)) {
      const done = await this.harness.replica(replica).release(permit.bot, permit.id);
      if (done) this.#granted.delete(granted);
      this.#tell({ kind: 'released', permit, done });
    }
  }

  async #advance({ ms, intervals, timeouts }: CommandTo<'advance'>): Promise<void> {
    const { intervalMs, rules } = this.harness;
    const totalMs = ms + intervals * intervalMs + timeouts * rules.confirmTimeoutMs;
    await this.harness.advance(totalMs);
    this.#at += totalMs;
  }

  async #pause({ bot, bucket, durationMs }: CommandTo<'pause'>): Promise<void> {
    const order = { bot, bucket, durationMs, reason: 'at random', by: 'test' };
    await this.harness.replica('a').pause(order);
    this.#tell({ kind: 'paused', order });
  }

  async #resume({ bot, bucket }: CommandTo<'resume'>): Promise<void> {
    const lifted = await this.harness.replica('b').resume({ bot, bucket });
    this.#tell({ kind: 'resumed', scope: { bot, bucket }, lifted });
  }

  async #report({ bot, report }: CommandTo<'report'>): Promise<void> {
    const limits = await this.harness.replica('a').setLimits(bot, report);
    this.#tell({ kind: 'reported', bot, report, limits });
  }

  async #restart(
    { downMs, confirmTimeoutMs }: CommandTo<'restart' | 'reboot'>,
    options: RestartOptions,
  ): Promise<void> {
    const [endedAt, writtenAt] = [this.#at, this.#writtenAt];
    await this.harness.restart({ ...options, rules: { confirmTimeoutMs } });
    this.#at += downMs;
    this.#waiting.clear();
    this.#known.clear();
    const rebooted = options.rebootDownMs !== undefined;
    this.#tell({ kind: 'restarted', rebooted, endedAt, writtenAt });
  }

  #recentlyGranted(): Granted[] {
    return [...this.#granted].filter(({ at }) => this.#at - at < RECENTLY_MS);
  }

  #tell(happening: Happening): void {
    if (isWritten(happening)) this.#writtenAt = this.#at;
    this.listener({ ...happening, at: this.#at });
  }
}

/** Whether what happened has to outlive the end of the replicas, so that any limiter writes it. */
function isWritten(happening: Happening): boolean {
  if (happening.kind === 'answered') return happening.answer.granted;
  return happening.kind === 'entered' || happening.kind === 'reported';
}

function pickFrom<T>(choice: Iterable<T>, pick: number): T | undefined {
  const all = [...choice];
  return all[pick % all.length];
}
