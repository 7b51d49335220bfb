/**
 * The id of an operation, from its controller and its method, as in `sessionBegin`. Generated programs have it in their names,
 * so a change of either name changes the API.
 */
export function operationId(controller: string, method: string): string {
  const subject = controller.replace(/Controller$/, '');
  // Without an underscore: Swagger UI reads it as a blank in links.
  return `${subject.charAt(0).toLowerCase()}${subject.slice(1)}${method.charAt(0).toUpperCase()}${method.slice(1)}`;
}
