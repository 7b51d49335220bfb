/** A text, or one of the values that are known when it is sent. */
export type PlannedText =
  | { readonly text: string }
  | { readonly known: string; readonly index: number };

/** Who asks. A browser says with a session's cookie which site's page asks; a program may not. */
export const CREDENTIALS = [
  'none',
  'wrong',
  'malformed',
  'queue',
  'operator',
  'viewer',
  'operator-session',
  'viewer-session',
  'operator-session-other-site',
  'viewer-session-other-site',
  'operator-session-no-site',
  'viewer-session-no-site',
] as const;

export type Credentials = (typeof CREDENTIALS)[number];

export interface PlannedBody {
  readonly type: string | undefined;
  readonly bytes: string | Buffer;
}

/** A request of some operation, before it is known what is there. */
export interface Plan {
  /** By parameter. */
  readonly path: Readonly<Record<string, PlannedText>>;
  readonly query: readonly (readonly [name: string, value: PlannedText])[];
  readonly headers: readonly (readonly [name: string, value: PlannedText])[];
  readonly credentials: Credentials;
  /** The address that it seems to come from. */
  readonly from: string;
  readonly body: PlannedBody | undefined;
}
