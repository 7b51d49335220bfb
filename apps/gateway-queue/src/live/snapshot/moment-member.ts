/** A member that holds a moment in whole ms; no member when there is no such moment. */
export function momentMember<Name extends string>(
  name: Name,
  moment: number | null | undefined,
): { readonly [name in Name]?: number } {
  if (moment === null || moment === undefined) return {};
  const member: { [name in Name]?: number } = {};
  member[name] = Math.round(moment);
  return member;
}
