import { type Event, keyOf, promised, type Watcher } from './event.ts';

/** P7: knows which pauses hold, and compares every answer with them. */
export class PauseWatcher implements Watcher {
  readonly #ends = new Map<string, number>();

  see(event: Event): void {
    for (const [key, end] of this.#ends) if (end <= event.at) this.#ends.delete(key);
    if (event.kind === 'paused') {
      const { durationMs } = event.order;
      this.#ends.set(keyOf(event.order), event.at + (durationMs ?? Infinity));
    }
    if (event.kind === 'resumed') {
      const held = this.#ends.delete(keyOf(event.scope));
      promised(event.lifted === held, `P7: lifted a pause: ${event.lifted}; it held: ${held}`);
    }
    if (event.kind === 'answered') this.#judge(event);
  }

  #judge({ at, attempt: { bot, bucket }, answer }: Event & { kind: 'answered' }): void {
    const scopes = [
      { bot, bucket: null },
      { bot, bucket },
    ];
    const end = Math.max(...scopes.map((scope) => this.#ends.get(keyOf(scope)) ?? -Infinity));
    const holds = end > at;
    if (answer.granted) {
      promised(!holds, 'P7: a permit inside a pause');
    } else if (answer.reason === 'paused') {
      promised(holds, 'P7: denied for a pause that does not hold');
      const retryInMs = end === Infinity ? null : end - at;
      promised(answer.retryInMs === retryInMs, `P7: ends in ${retryInMs} ms, not as told`);
    } else if (!answer.reason.startsWith('limits-')) {
      promised(!holds, `P7: denied for ${answer.reason} inside a pause`);
    }
  }
}
