/** What somebody may do: look, or change things too. */
export type Role = 'viewer' | 'operator';

/** Who does something: a named token and its role. */
export interface Operator {
  readonly name: string;
  readonly role: Role;
}
