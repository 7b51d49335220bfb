import { METHODS } from 'node:http';

/** A schema of OpenAPI 3.0, as far as the service's document uses it; no reference is left in it. */
export interface Schema {
  readonly type?: string;
  readonly nullable?: boolean;
  readonly enum?: readonly unknown[];
  readonly example?: unknown;
  readonly format?: string;
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
  readonly allOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
}

export interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header' | 'cookie';
  readonly required?: boolean;
  readonly schema: Schema;
}

export interface Content {
  readonly schema?: Schema;
  readonly example?: unknown;
  /** Of problems: one for each code that may come. */
  readonly examples?: Readonly<Record<string, unknown>>;
}

export interface DocumentedResponse {
  readonly content?: Readonly<Record<string, Content>>;
  readonly headers?: Readonly<Record<string, { readonly schema: Schema }>>;
}

type Security = readonly Readonly<Record<string, readonly string[]>>[];

interface PathItemOperation {
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: Readonly<Record<string, Content>> };
  readonly responses: Readonly<Record<string, DocumentedResponse>>;
  readonly security?: Security;
}

interface Document {
  readonly openapi: string;
  readonly security?: Security;
  readonly paths: Readonly<Record<string, Readonly<Record<string, PathItemOperation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

/** One method at one path. */
export interface Operation {
  /** Such as `GET /health/live`; no two have the same. */
  readonly name: string;
  /** In upper case. */
  readonly method: string;
  /** With its parameters in braces. */
  readonly path: string;
  readonly parameters: readonly Parameter[];
  /** By content type; undefined when it takes no body. */
  readonly body: Readonly<Record<string, Content>> | undefined;
  /** By status. */
  readonly responses: Readonly<Record<string, DocumentedResponse>>;
  /** Names of the security schemes, any of which will do; none when everybody may call it. */
  readonly schemes: readonly string[];
}

/** What a service says that it can do. */
export interface ApiDocument {
  readonly operations: readonly Operation[];
  readonly schemas: Readonly<Record<string, Schema>>;
}

/** Reads the document that the service itself serves. Rejects when it is none of OpenAPI 3.0. */
export async function readDocument(url: string): Promise<ApiDocument> {
  const response = await fetch(`${url}/docs-json`);
  if (!response.ok) throw new Error(`/docs-json was answered ${response.status}`);
  const document = withoutReferences(JSON.parse(await response.text()));
  if (!document.openapi.startsWith('3.0.')) {
    throw new Error(`The document is of OpenAPI ${document.openapi}, and only 3.0 is known here`);
  }
  return { operations: operationsOf(document), schemas: document.components.schemas };
}

function operationsOf({ paths, security = [] }: Document): Operation[] {
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods)
      .filter(([method]) => METHODS.includes(method.toUpperCase()))
      .map(([method, operation]) => ({
        name: `${method.toUpperCase()} ${path}`,
        method: method.toUpperCase(),
        path,
        parameters: operation.parameters ?? [],
        body: operation.requestBody?.content,
        responses: operation.responses,
        schemes: (operation.security ?? security).flatMap((scheme) => Object.keys(scheme)),
      })),
  );
}

/** Puts what is referred to in place of each reference; the same object each time. */
function withoutReferences(document: Document): Document {
  const known = new Map<string, unknown>();
  const resolve = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(resolve);
    if (typeof value !== 'object' || value === null) return value;
    if ('$ref' in value) return referredTo(String(value.$ref));
    return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, resolve(part)]));
  };
  const referredTo = (reference: string): unknown => {
    if (!known.has(reference)) known.set(reference, resolve(at(document, reference)));
    return known.get(reference);
  };
  // The shape stays what it was, but for references.
  return Object.assign({}, document, resolve(document));
}

/** @param reference such as `#/components/schemas/ProblemBody` */
function at(document: Document, reference: string): unknown {
  let found: unknown = document;
  for (const step of reference.slice('#/'.length).split('/')) {
    if (typeof found === 'object' && found !== null) found = Reflect.get(found, step);
  }
  if (found === undefined)
    throw new Error(`The document refers to ${reference}, which is not there`);
  return found;
}
