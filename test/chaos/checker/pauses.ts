import { type Evidence, STORE_UNCERTAINTY_MS } from './evidence.ts';
import { at, type Finding } from './finding.ts';
import { name } from './spacing.ts';

/** P7, unless the store lost data: no permit is given in the scope of a pause from its answer until the order to lift it. */
export function checkPauses(evidence: Evidence): Finding {
  const { pauses, permits } = evidence.history;
  const violations = pauses.flatMap((pause) =>
    permits
      .filter(
        ({ bot, bucket, givenAt }) =>
          bot === pause.bot &&
          (pause.bucket ?? bucket) === bucket &&
          givenAt > pause.answeredAt + STORE_UNCERTAINTY_MS &&
          givenAt < pause.liftedAt - STORE_UNCERTAINTY_MS &&
          !evidence.hasLosses(pause.from, givenAt),
      )
      .map((permit) => ({
        promise: 'P7',
        what:
          `${name(permit)} was given at ${at(permit.givenAt)}, while bucket ${pause.bucket ?? 'any'} ` +
          `was paused from ${at(pause.answeredAt)} to ${at(pause.liftedAt)}`,
        requests: [evidence.requestOf(permit)?.number ?? []].flat(),
      })),
  );
  return { violations, figures: { pauses: pauses.length } };
}
