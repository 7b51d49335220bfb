/**
 * What an operation is called: by its controller and its method, as in `sessionBegin`. Programs that were generated from
 * the document have it in their names, so whoever renames one of the two changes the API.
 */
export function operationId(controller: string, method: string): string {
  const subject = controller.replace(/Controller$/, '');
  // In one word: Swagger UI takes the underscore of a link for a blank.
  return `${subject.charAt(0).toLowerCase()}${subject.slice(1)}${method.charAt(0).toUpperCase()}${method.slice(1)}`;
}
