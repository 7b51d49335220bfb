import type { Ask, StoredPermit } from '../history.ts';
import { type Evidence, STORE_DOUBT_MS } from './evidence.ts';
import { at, type Finding, type Violation } from './finding.ts';
import { inOneLine, name, opensAt } from './spacing.ts';

/** A replica that is well has a request in line after so many ms. */
const PASSAGE_MS = 400;

/** When all is well a permit comes within milliseconds; this is for a machine that has other things to do. */
const MAX_MS = 1500;

/** So long, ms, something that keeps permits away must have been over. */
const SETTLED_MS = 3000;

/** A bot with so many starts above its reserve is not held back by its budget. */
const PLENTY = 100;

/** P9, while all is well: where somebody waits and the bucket is open, there is a permit. */
export function checkLateness(evidence: Evidence): Finding {
  const { permits } = evidence.history;
  const violations: Violation[] = [];
  const late: number[] = [];
  for (const [index, permit] of permits.entries()) {
    const ask = evidence.askOf(permit);
    if (ask === undefined || permit.back) continue;
    const readyAt = readyFrom(
      evidence,
      permit,
      ask,
      permits.slice(Math.max(0, index - 100), index),
    );
    if (readyAt === undefined || !isUndisturbed(evidence, permit, readyAt)) continue;
    const lateMs = permit.givenAt - readyAt;
    late.push(Math.max(lateMs, 0));
    if (lateMs <= MAX_MS + STORE_DOUBT_MS) continue;
    violations.push({
      promise: 'P9',
      what: `${name(permit)} was given at ${at(permit.givenAt)}, ${at(lateMs)} ms after it could have been`,
      asks: [ask.number],
    });
  }
  late.sort((a, b) => a - b);
  return {
    violations,
    figures: {
      latenessJudged: late.length,
      latenessMedianMs: late[Math.floor(late.length / 2)] ?? 0,
      latenessP99Ms: late[Math.floor(late.length * 0.99)] ?? 0,
      worstLatenessMs: late.at(-1) ?? 0,
    },
  };
}

/** From when on the bucket was open and the request in line; undefined when that cannot be known. */
function readyFrom(
  evidence: Evidence,
  permit: StoredPermit,
  ask: Ask,
  before: readonly StoredPermit[],
): number | undefined {
  const line = before.filter((earlier) => inOneLine(evidence, earlier, permit));
  if (line.some(({ back, givenAt }) => back && givenAt > permit.givenAt - 2 * SETTLED_MS))
    return undefined;
  const open = line.map(
    (earlier) => opensAt(earlier, evidence.history.rules) - earlier.onStore.given + earlier.givenAt,
  );
  return Math.max(ask.askedAt + PASSAGE_MS, ...open);
}

function isUndisturbed({ calm, history }: Evidence, permit: StoredPermit, from: number): boolean {
  const { bot, givenAt } = permit;
  const hasPlenty = history.starts.every(
    (start) => start.bot !== bot || start.remaining - (history.rules.reserveOf[bot] ?? 0) > PLENTY,
  );
  return (
    hasPlenty &&
    calm.holds(null, from - SETTLED_MS, givenAt) &&
    !history.buckets.some(
      (buckets) => buckets.bot === bot && buckets.at > from - SETTLED_MS && buckets.at < givenAt,
    ) &&
    !history.pauses.some(
      (pause) =>
        pause.bot === bot && pause.from < givenAt && pause.liftAnsweredAt > from - SETTLED_MS,
    )
  );
}
