import { Injectable } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';

/** The paths where a client learns that only its method is wrong: those of shards. Operators' tools read the API's document. */
const ANSWERED = /^\/v1\//;

/** Which methods there are at the paths that shards call under `/v1`. */
@Injectable()
export class AllowedMethods {
  readonly #methods = new Map<string, readonly string[]>();

  /** @param route the path of a route, with parameters like `:id` */
  add(route: string, methods: readonly string[]): void {
    if (!ANSWERED.test(route)) return;
    this.#methods.set(route, [...(this.#methods.get(route) ?? []), ...methods]);
  }

  /** The methods of the routes at the path of this URL; none when there is no route. */
  at(url: string): readonly string[] {
    const path = url.split(/[?#]/, 1)[0]?.split('/') ?? [];
    const routes = Array.from(this.#methods).filter(([route]) => isAt(route.split('/'), path));
    return [...new Set(routes.flatMap(([, methods]) => methods))].toSorted();
  }
}

function isAt(route: readonly string[], path: readonly string[]): boolean {
  return (
    route.length === path.length &&
    route.every((part, index) => (part.startsWith(':') ? path[index] !== '' : part === path[index]))
  );
}

/** Notes the methods of all routes. To be called before there are routes. */
export function noteMethods(app: NestFastifyApplication): void {
  const allowed = app.get(AllowedMethods);
  const fastify = app.getHttpAdapter().getInstance();
  fastify.addHook('onRoute', ({ method, url }) => {
    allowed.add(url, [method].flat());
  });
}
