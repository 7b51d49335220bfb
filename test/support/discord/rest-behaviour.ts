export type GarbageBody = 'not-json' | 'wrong-shape' | 'zero-concurrency';

/** What `GET /gateway/bot` does. */
export type RestBehaviour =
  /** Answers as Discord does on a good day. */
  | { readonly kind: 'ok' }
  /** Says that the token is wrong, whatever it is. */
  | { readonly kind: 'unauthorized' }
  /** 429; `retryAfterS` in seconds with a fraction, as Discord counts. `global`: the bot's whole allowance. */
  | { readonly kind: 'rate-limited'; readonly retryAfterS: number; readonly global?: boolean }
  /** 5xx with a body that is not JSON, as the proxy before Discord answers. */
  | { readonly kind: 'server-error'; readonly status: number }
  /** 200 with something else in it. */
  | { readonly kind: 'garbage'; readonly body: GarbageBody }
  /** Takes the request and never answers, until the fake is closed. */
  | { readonly kind: 'hanging' }
  /** Resets the connection (TCP RST) in place of an answer. */
  | { readonly kind: 'reset' };

/** A behaviour that ends by itself, so that "fails twice, then works" has no race in it. */
export class RestMood {
  #behaviour: RestBehaviour = { kind: 'ok' };
  #times = Number.POSITIVE_INFINITY;

  /** @param times number of requests that are treated so; after them all is well again */
  set(behaviour: RestBehaviour, times = Number.POSITIVE_INFINITY): void {
    this.#behaviour = behaviour;
    this.#times = times;
  }

  /** The behaviour for one request. */
  next(): RestBehaviour {
    if (this.#times <= 0) return { kind: 'ok' };
    this.#times -= 1;
    return this.#behaviour;
  }
}
