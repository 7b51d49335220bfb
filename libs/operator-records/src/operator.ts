/** What an operator may do: a viewer may only read, an operator may also change things. */
export const ROLES = ['viewer', 'operator'] as const;

export type Role = (typeof ROLES)[number];

/** An operator: the name of a token and its role. */
export interface Operator {
  readonly name: string;
  readonly role: Role;
}
