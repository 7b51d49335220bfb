/** Branches of the tree, and what a line of it says. */
const LINE = /^(?<branches>[│├└─ ]*)(?<part>.*?)(?: \((?<methods>[A-Z, -]+)\))?$/u;

/** How many characters a level of the tree takes. */
const INDENT = 4;

/** Method and path of each route, from the tree that Fastify prints; parameters are in braces as OpenAPI has them. */
export function routesOf(tree: string): string[] {
  const parts: string[] = [];
  return tree.split('\n').flatMap((line) => {
    const { branches = '', methods, part = '' } = LINE.exec(line)?.groups ?? {};
    parts.splice(branches.length / INDENT - 1, Infinity, part);
    const path = parts.join('').replaceAll(/:(\w+)/g, '{$1}');
    return (methods?.split(', ') ?? []).map((method) => `${method} ${path}`);
  });
}
