import type { Event, EventOf } from './event.ts';

/** A history as text for people: a line for each event, which begins with the moment in seconds. */
export function trace(events: readonly Event[]): string {
  return events.map((event) => `${stamp(event.at)} ${lineFor(event)}`).join('\n');
}

function stamp(at: number): string {
  return (at / 1000).toFixed(4).padStart(9);
}

function lineFor(event: Event): string {
  if (event.kind === 'answered') return lineForAttempt(event);
  if (event.kind === 'entered') {
    const { entry, rank } = event;
    return `store    ${entry.id} entered (${entry.bot} #${entry.shard}): ${rank.priority} ${rank.ticket}`;
  }
  if (event.kind === 'fault') {
    const of = event.of === undefined ? '' : ` (${event.of})`;
    return `FAULT    ${event.fault}${of} until ${stamp(event.until).trim()}`;
  }
  const { at: _at, kind, ...rest } = event;
  return `${kind}: ${JSON.stringify(rest)}`;
}

function lineForAttempt({ answer, attempt, replica }: EventOf<'answered'>): string {
  const { bot, bucket, entry, limitsVersion, operation, rank, shard } = attempt;
  const what = `${bot} #${shard} in ${bucket}, ${rank.priority} ${rank.ticket}, limits ${limitsVersion}`;
  const result = answer.granted
    ? `granted as ${answer.id}`
    : `${answer.reason}, again in ${answer.retryInMs?.toFixed(1) ?? 'an unknown number of'} ms`;
  return `store    ${replica} tried ${operation} for ${entry} (${what}): ${result}`;
}
