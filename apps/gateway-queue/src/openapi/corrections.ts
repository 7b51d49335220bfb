import type { OpenAPIObject } from '@nestjs/swagger';
import { QUEUE_SCHEME } from './queue-scheme.ts';

type PathItem = OpenAPIObject['paths'][string];
type Operation = NonNullable<PathItem['get']>;

/** The methods that OpenAPI 3.0 has operations for (4.7.9.1) and that Nest documents. */
const METHODS = ['get', 'post', 'put', 'delete', 'patch', 'options', 'head'] as const;

/** Corrects what Nest documents and no decorator can change. */
export function corrected(paths: OpenAPIObject['paths']): OpenAPIObject['paths'] {
  return Object.fromEntries(Object.entries(paths).map(([path, item]) => [path, ofItem(item)]));
}

/** Without the methods that OpenAPI 3.0 does not know: Nest documents a route for every method with all of them. */
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

/** States explicitly that a route takes no credentials, and that those of the queue are optional: QUEUE_TOKEN need not be set. */
function withSecurity(operation: Operation): Operation {
  const { security = [] } = operation;
  const isOptional = security.some((requirement) => QUEUE_SCHEME in requirement);
  return { ...operation, security: isOptional ? [...security, {}] : security };
}

/** The answer to HEAD is that to GET, without the body. */
function withoutContent(operation: Operation): Operation {
  const responses = Object.entries(operation.responses).map(([status, response]) => {
    if (response === undefined || !('content' in response)) return [status, response];
    const { content: _, ...rest } = response;
    return [status, rest];
  });
  return { ...operation, responses: Object.fromEntries(responses) };
}
