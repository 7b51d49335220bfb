import type { DocumentedResponse, Operation } from './document.ts';
import type { Answer } from './exchange.ts';
import { type Faults, faultsOfAnswer } from './json-schema.ts';

const PROBLEM = 'application/problem+json';

/** What is wrong with an answer, by what is documented of its operation; none when nothing is. */
export function answerFaults(operation: Operation, answer: Answer): Faults {
  const response = operation.responses[answer.status];
  if (response === undefined) {
    return [
      `${answer.status} is not documented, but ${Object.keys(operation.responses).join(', ')}`,
    ];
  }
  return [...headerFaults(response, answer), ...bodyFaults(operation, response, answer)];
}

function headerFaults({ headers = {} }: DocumentedResponse, answer: Answer): Faults {
  return Object.entries(headers).flatMap(([name, { schema }]) => {
    const given = answer.headers[name.toLowerCase()];
    // Some answers of this status may do without: it is not said which.
    if (given === undefined) return [];
    const text = String(given);
    const value = schema.type === 'integer' && /^\d+$/.test(text) ? Number(text) : text;
    return faultsOfAnswer(schema, value).map((fault) => `header ${name}: ${fault}`);
  });
}

function bodyFaults(operation: Operation, response: DocumentedResponse, answer: Answer): Faults {
  const [type = ''] = (answer.headers['content-type'] ?? '').split(';');
  if (operation.method === 'HEAD') {
    return answer.body === '' ? [] : ['there is a body to HEAD'];
  }
  if (response.content === undefined) {
    return answer.body === '' ? [] : [`there is a body, ${type}, and none is documented`];
  }
  const content = response.content[type];
  if (content === undefined) {
    return [
      `it is ${type || 'of no type'}, but documented is ${Object.keys(response.content).join()}`,
    ];
  }
  const value = isJson(type) ? parsed(answer.body) : answer.body;
  if (value === undefined) return ['the body is no JSON'];
  return [
    ...(content.schema === undefined ? [] : faultsOfAnswer(content.schema, value)),
    ...(type === PROBLEM ? problemFaults(value, answer.status, content.examples ?? {}) : []),
  ];
}

/** Each code that may come has an example. */
function problemFaults(
  problem: unknown,
  status: number,
  examples: Readonly<Record<string, unknown>>,
): Faults {
  const code = codeOf(problem);
  return [
    ...(code in examples ? [] : [`code ${code} is not among the examples of ${status}`]),
    ...(memberOf(problem, 'status') === status ? [] : ['the body has another status']),
  ];
}

/** The code of a problem; empty when it is none. */
export function codeOf(problem: unknown): string {
  const code = memberOf(problem, 'code');
  return typeof code === 'string' ? code : '';
}

/** The parsed body; undefined when it is no JSON. */
export function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

function isJson(type: string): boolean {
  return type === 'application/json' || type.endsWith('+json');
}
