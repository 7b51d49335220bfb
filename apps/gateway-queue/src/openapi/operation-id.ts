/**
 * What an operation is called: by its controller and its method, as in `session_begin`. Programs that were generated
 * from the document have it in their names, so whoever renames one of the two changes the API.
 */
export function operationId(controller: string, method: string): string {
  const subject = controller.replace(/Controller$/, '');
  return `${subject.charAt(0).toLowerCase()}${subject.slice(1)}_${method}`;
}
