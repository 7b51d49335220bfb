import { type Evidence, STORE_DOUBT_MS } from './evidence.ts';
import { at, type Finding } from './finding.ts';
import { name } from './spacing.ts';

/** P7: nothing is given from the answer to a pause until it is lifted. */
export function checkPauses(evidence: Evidence): Finding {
  const { pauses, permits } = evidence.history;
  const violations = pauses.flatMap((pause) =>
    permits
      .filter(
        ({ bot, bucket, givenAt }) =>
          bot === pause.bot &&
          (pause.bucket ?? bucket) === bucket &&
          givenAt > pause.answeredAt + STORE_DOUBT_MS &&
          givenAt < pause.liftedAt - STORE_DOUBT_MS &&
          !evidence.hasLosses(pause.from, givenAt),
      )
      .map((permit) => ({
        promise: 'P7',
        what:
          `${name(permit)} was given at ${at(permit.givenAt)}, while bucket ${pause.bucket ?? 'any'} ` +
          `was paused from ${at(pause.answeredAt)} to ${at(pause.liftedAt)}`,
        asks: [evidence.askOf(permit)?.number ?? []].flat(),
      })),
  );
  return { violations, figures: { pauses: pauses.length } };
}
