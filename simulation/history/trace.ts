import type { Event, EventOf } from './event.ts';

/** A history to be read by people: a line for each event, when it was first. */
export function trace(events: readonly Event[]): string {
  return events.map((event) => `${stamp(event.at)} ${lineOf(event)}`).join('\n');
}

function stamp(at: number): string {
  return (at / 1000).toFixed(4).padStart(9);
}

function lineOf(event: Event): string {
  if (event.kind === 'answered') return attemptLine(event);
  if (event.kind === 'entered') {
    const { entry, rank } = event;
    return `store    ${entry.id} entered (${entry.bot} #${entry.shard}): ${rank.priority} ${rank.ticket}`;
  }
  if (event.kind === 'trouble') {
    const whom = event.whom === undefined ? '' : ` (${event.whom})`;
    return `TROUBLE  ${event.what}${whom} until ${stamp(event.until).trim()}`;
  }
  const { at: _at, kind, ...rest } = event;
  return `${kind}: ${JSON.stringify(rest)}`;
}

function attemptLine({ answer, attempt, replica }: EventOf<'answered'>): string {
  const { bot, bucket, entry, limitsVersion, operation, rank, shard } = attempt;
  const what = `${bot} #${shard} in ${bucket}, ${rank.priority} ${rank.ticket}, limits ${limitsVersion}`;
  const said = answer.granted
    ? `granted as ${answer.id}`
    : `${answer.reason}, for ${answer.retryInMs?.toFixed(1) ?? 'who knows how many'} ms`;
  return `store    ${replica} tried ${operation} for ${entry} (${what}): ${said}`;
}
