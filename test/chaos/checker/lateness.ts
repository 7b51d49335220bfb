import { MAX_MARGIN_MS } from '@gateway-queue/identify-limiter';

import type { PermitRequest, Rules, StoredPermit } from '../history.ts';
import { type Evidence, STORE_UNCERTAINTY_MS } from './evidence.ts';
import { at, type Finding, type Violation } from './finding.ts';
import { mustBeSpaced, name, opensAt } from './spacing.ts';

/** A replica without faults has enrolled a request after this time, ms. */
const ENROLMENT_MS = 400;

/** Without faults a permit comes within milliseconds. The rest is for a busy machine. */
const MAX_MS = 1500;

/** What keeps permits back must have been over for this time, ms. */
const SETTLED_MS = 3000;

/** A bot with more starts than this above its reserve is not held back by its budget. */
const PLENTY = 100;

/** P9, without faults, pauses or changed limits for 3 s, and with session starts to spare: a permit is given as soon as a request waits and its bucket is open, by the largest margin that may be in force. */
export function checkLateness(evidence: Evidence): Finding {
  const { permits } = evidence.history;
  const violations: Violation[] = [];
  const late: number[] = [];
  for (const [index, permit] of permits.entries()) {
    const request = evidence.requestOf(permit);
    if (request === undefined || permit.released) continue;
    const readyAt = readyFrom(
      evidence,
      permit,
      request,
      permits.slice(Math.max(0, index - 100), index),
    );
    if (readyAt === undefined || !isUndisturbed(evidence, permit, readyAt)) continue;
    const lateMs = permit.givenAt - readyAt;
    late.push(Math.max(lateMs, 0));
    if (lateMs <= MAX_MS + STORE_UNCERTAINTY_MS) continue;
    violations.push({
      promise: 'P9',
      what: `${name(permit)} was given at ${at(permit.givenAt)}, ${at(lateMs)} ms late`,
      requests: [request.number],
    });
  }
  late.sort((a, b) => a - b);
  return {
    violations,
    figures: {
      latenessJudged: late.length,
      latenessMedianMs: late[Math.floor(late.length / 2)] ?? 0,
      latenessP99Ms: late[Math.floor(late.length * 0.99)] ?? 0,
      maxLatenessMs: late.at(-1) ?? 0,
    },
  };
}

/** From when on the bucket was open and the request in line; undefined when that is not certain. */
function readyFrom(
  evidence: Evidence,
  permit: StoredPermit,
  request: PermitRequest,
  before: readonly StoredPermit[],
): number | undefined {
  const line = before.filter((earlier) => mustBeSpaced(evidence, earlier, permit));
  if (line.some(({ released, givenAt }) => released && givenAt > permit.givenAt - 2 * SETTLED_MS))
    return undefined;
  const openings = line.map(
    (earlier) =>
      opensAt(earlier, withLargestMargin(evidence.history.rules)) -
      earlier.onStoreClock.given +
      earlier.givenAt,
  );
  return Math.max(request.askedAt + ENROLMENT_MS, ...openings);
}

/** Shards ask again so soon here that Discord seems to refuse them, so the margin grows. */
function withLargestMargin(rules: Rules): Rules {
  return { ...rules, marginMs: Math.max(rules.marginMs, MAX_MARGIN_MS) };
}

function isUndisturbed(
  { quietTimes, history }: Evidence,
  permit: StoredPermit,
  from: number,
): boolean {
  const { bot, givenAt } = permit;
  const hasPlenty = history.starts.every(
    (start) => start.bot !== bot || start.remaining - (history.rules.reserveOf[bot] ?? 0) > PLENTY,
  );
  return (
    hasPlenty &&
    quietTimes.isQuiet(null, from - SETTLED_MS, givenAt) &&
    !history.buckets.some(
      (buckets) => buckets.bot === bot && buckets.at > from - SETTLED_MS && buckets.at < givenAt,
    ) &&
    !history.pauses.some(
      (pause) =>
        pause.bot === bot && pause.from < givenAt && pause.liftAnsweredAt > from - SETTLED_MS,
    )
  );
}
