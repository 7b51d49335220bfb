import { Injectable, Logger } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { nearestName } from '../http/nearest-name.ts';
import { namesIn, namesOf, shownName } from '../http/query-names.ts';
import { clientOf } from './client-of.ts';
import { IdentifyQuery } from './identify.query.ts';

/** How many names are remembered, and so how many lines are logged at most. */
const MAX_NAMES = 50;

/** Warns of names in the query of `/` that are not known there: once of each. The request is served all the same. */
@Injectable()
export class UnknownNames {
  private readonly logger = new Logger(UnknownNames.name);
  readonly #known = namesOf(IdentifyQuery);
  readonly #warnedOf = new Set<string>();

  /** Notes a request on `/`. */
  seen(request: Parameters<typeof clientOf>[0] & Pick<FastifyRequest, 'query'>): void {
    const names = namesIn(request.query);
    for (const name of names) {
      if (this.#known.includes(name)) continue;
      const shown = shownName(name) ?? '(not shown)';
      if (this.#warnedOf.has(shown) || this.#warnedOf.size >= MAX_NAMES) continue;
      this.#warnedOf.add(shown);
      // A name that is given as well was not meant by another one.
      const meant = nearestName(
        name,
        this.#known.filter((known) => !names.includes(known)),
      );
      this.logger.warn(
        { parameter: shown, ...(meant && { meant }), ...clientOf(request) },
        'A request on / has a parameter that is not known here; it is ignored, now and later',
      );
    }
  }
}
