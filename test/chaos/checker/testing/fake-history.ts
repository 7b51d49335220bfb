import type {
  PermitRequest,
  Buckets,
  ProcessExit,
  History,
  PauseSpan,
  Rules,
  Start,
  ShardWait,
  StoredPermit,
  FaultSpan,
} from '../../history.ts';

const RULES: Rules = {
  intervalMs: 500,
  marginMs: 250,
  confirmTimeoutMs: 2000,
  placeTtlMs: 20_000,
  shutdownTimeoutMs: 8000,
  reserveOf: { bot: 3 },
};

/** The moment of the store's clock at moment 0 of the history. */
const STORE_EPOCH = 1_800_000_000_000;

type RequestOptions = Partial<PermitRequest> & Pick<PermitRequest, 'shard'>;

/** A made-up history, to test the checks with. It has one bot, `bot`, with two buckets from the beginning. */
export class FakeHistory implements History {
  readonly rules = RULES;
  readonly requests: PermitRequest[] = [];
  readonly shardWaits: ShardWait[] = [];
  readonly permits: StoredPermit[] = [];
  readonly buckets: Buckets[] = [
    { bot: 'bot', at: -60_000, onStoreClock: STORE_EPOCH - 60_000, maxConcurrency: 2 },
  ];
  readonly faults: FaultSpan[] = [];
  readonly pauses: PauseSpan[] = [];
  readonly starts: Start[] = [];
  readonly exits: ProcessExit[] = [];
  readonly lossesAt: number[] = [];
  readonly faultsOverAt = 100_000;

  /** The same moment on the store's clock. */
  onStoreClock(moment: number): number {
    return STORE_EPOCH + moment;
  }

  /** Adds a request that is sent at this moment. Without options it is held on `/` of replica 0. */
  request(askedAt: number, given: RequestOptions): PermitRequest {
    const request: PermitRequest = {
      number: this.requests.length,
      bot: 'bot',
      replica: 0,
      path: '/',
      confirm: false,
      priority: 'normal',
      askedAt,
      endedAt: Infinity,
      outcome: 'held',
      uncertaintyMs: 0,
      ...given,
    };
    this.requests.push(request);
    return request;
  }

  /** Adds a permit that is given at this moment. If it is for a request, the request ends with it at once and its shard identifies. */
  permit(
    givenAt: number,
    to: PermitRequest | Pick<PermitRequest, 'shard'>,
    more: Partial<StoredPermit> = {},
  ): StoredPermit {
    const confirm = 'confirm' in to && to.confirm;
    const given = this.onStoreClock(givenAt);
    const permit: StoredPermit = {
      id: `p${this.permits.length}`,
      bot: 'bot',
      shard: to.shard,
      bucket: (to.shard ?? 0) % 2,
      givenAt,
      onStoreClock: {
        given,
        confirmBy: confirm ? given + RULES.confirmTimeoutMs : undefined,
        confirmed: undefined,
      },
      released: false,
      lost: false,
      ...more,
    };
    this.permits.push(permit);
    if ('askedAt' in to) endWith(to, permit);
    return permit;
  }

  /** Adds a permit that is confirmed at `confirmedAt`. */
  confirmed(givenAt: number, to: PermitRequest, confirmedAt: number): StoredPermit {
    const given = this.onStoreClock(givenAt);
    const confirmed = this.onStoreClock(confirmedAt);
    const confirmBy = given + RULES.confirmTimeoutMs;
    return this.permit(givenAt, to, { onStoreClock: { given, confirmBy, confirmed } });
  }
}

function endWith(request: PermitRequest, permit: StoredPermit): void {
  request.endedAt = permit.givenAt + 1;
  request.outcome = 'permit';
  request.identifiedAt = request.endedAt;
  if (request.path === '/v1') request.permit = { id: `bot:${permit.id}`, bucket: permit.bucket };
}
