import type { OpenAPIObject } from '@nestjs/swagger';
import { QUEUE_SCHEME } from './queue-scheme.ts';

type PathItem = OpenAPIObject['paths'][string];
type Operation = NonNullable<PathItem['get']>;

/** The methods that OpenAPI 3.0 has operations for (4.7.9.1), of those that Nest may have noted. */
const METHODS = ['get', 'post', 'put', 'delete', 'patch', 'options', 'head'] as const;

/** Mends what Nest notes of routes and no decorator can say. */
export function corrected(paths: OpenAPIObject['paths']): OpenAPIObject['paths'] {
  return Object.fromEntries(Object.entries(paths).map(([path, item]) => [path, ofItem(item)]));
}

/** A route for every method is noted for some, too, that a document has no room for. */
function ofItem(item: PathItem): PathItem {
  const corrections: PathItem = {};
  for (const method of METHODS) {
    const operation = item[method];
    if (operation === undefined) continue;
    const secured = withSecurity(operation);
    corrections[method] = method === 'head' ? withoutContent(secured) : secured;
  }
  return corrections;
}

/** Says of a route that it takes no credentials, for saying nothing could be forgetfulness; and that QUEUE_TOKEN need not be set. */
function withSecurity(operation: Operation): Operation {
  const { security = [] } = operation;
  const isOptional = security.some((requirement) => QUEUE_SCHEME in requirement);
  return { ...operation, security: isOptional ? [...security, {}] : security };
}

/** HEAD is answered as GET is, but for the body. */
function withoutContent(operation: Operation): Operation {
  const responses = Object.entries(operation.responses).map(([status, response]) => {
    if (response === undefined || !('content' in response)) return [status, response];
    const { content: _, ...rest } = response;
    return [status, rest];
  });
  return { ...operation, responses: Object.fromEntries(responses) };
}
