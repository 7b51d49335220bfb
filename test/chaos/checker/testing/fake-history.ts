import type {
  Ask,
  Buckets,
  Ending,
  History,
  PauseSpan,
  Rules,
  Start,
  Stay,
  StoredPermit,
  Trouble,
} from '../../history.ts';

const RULES: Rules = {
  intervalMs: 500,
  marginMs: 250,
  confirmTimeoutMs: 2000,
  placeTtlMs: 20_000,
  shutdownTimeoutMs: 8000,
  reserveOf: { bot: 3 },
};

/** Where the store's clock is when ours is at 0. */
const STORE_EPOCH = 1_800_000_000_000;

type Asked = Partial<Ask> & Pick<Ask, 'shard'>;

/** A history that never was. One bot, `bot`, which has two buckets from the beginning. */
export class MadeUp implements History {
  readonly rules = RULES;
  readonly asks: Ask[] = [];
  readonly stays: Stay[] = [];
  readonly permits: StoredPermit[] = [];
  readonly buckets: Buckets[] = [
    { bot: 'bot', at: -60_000, onStore: STORE_EPOCH - 60_000, maxConcurrency: 2 },
  ];
  readonly troubles: Trouble[] = [];
  readonly pauses: PauseSpan[] = [];
  readonly starts: Start[] = [];
  readonly endings: Ending[] = [];
  readonly lossesAt: number[] = [];
  readonly calmFrom = 100_000;

  /** The same moment on the store's clock. */
  onStore(moment: number): number {
    return STORE_EPOCH + moment;
  }

  /** Asks at this moment; held on `/` of replica 0, unless given otherwise. */
  ask(askedAt: number, given: Asked): Ask {
    const ask: Ask = {
      number: this.asks.length,
      bot: 'bot',
      replica: 0,
      path: '/',
      confirm: false,
      priority: 'normal',
      askedAt,
      endedAt: Infinity,
      outcome: 'held',
      doubtMs: 0,
      ...given,
    };
    this.asks.push(ask);
    return ask;
  }

  /** Gives a permit at this moment. When it is for a request, that is told of it at once, and identifies. */
  permit(
    givenAt: number,
    to: Ask | Pick<Ask, 'shard'>,
    more: Partial<StoredPermit> = {},
  ): StoredPermit {
    const confirm = 'confirm' in to && to.confirm;
    const given = this.onStore(givenAt);
    const permit: StoredPermit = {
      id: `p${this.permits.length}`,
      bot: 'bot',
      shard: to.shard,
      bucket: (to.shard ?? 0) % 2,
      givenAt,
      onStore: {
        given,
        confirmBy: confirm ? given + RULES.confirmTimeoutMs : undefined,
        confirmed: undefined,
      },
      back: false,
      lost: false,
      ...more,
    };
    this.permits.push(permit);
    if ('askedAt' in to) tell(to, permit);
    return permit;
  }

  /** A permit that is confirmed at that moment. */
  confirmed(givenAt: number, to: Ask, confirmedAt: number): StoredPermit {
    const given = this.onStore(givenAt);
    const confirmed = this.onStore(confirmedAt);
    const confirmBy = given + RULES.confirmTimeoutMs;
    return this.permit(givenAt, to, { onStore: { given, confirmBy, confirmed } });
  }
}

function tell(ask: Ask, permit: StoredPermit): void {
  ask.endedAt = permit.givenAt + 1;
  ask.outcome = 'permit';
  ask.identifiedAt = ask.endedAt;
  if (ask.path === '/v1') ask.permit = { id: `bot:${permit.id}`, bucket: permit.bucket };
}
