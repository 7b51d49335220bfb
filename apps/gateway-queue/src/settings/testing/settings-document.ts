/** One setting as docs/settings.md has it. */
export interface DocumentedSetting {
  readonly name: string;
  /** The value that holds without the setting; null where that is not one value. */
  readonly value: string | null;
  /** The cell of the default, as Markdown. */
  readonly shownDefault: string;
  /** One or more sentences, as Markdown. */
  readonly meaning: string;
}

const HEAD = `# The settings of gateway-queue and their defaults. Copy this file to .env and uncomment what you change.
# The environment goes before .env; an empty value counts as not set. docs/settings.md says more.
`;

/** The rows of the table of settings. */
export function documentedSettings(markdown: string): DocumentedSetting[] {
  const rows = markdown.matchAll(/^\| `([A-Z_]+)` +\| (.+?) +\| (.+\.) +\|$/gm);
  return Array.from(rows, ([, name = '', shownDefault = '', meaning = '']) => ({
    name,
    value: /^`([^`]+)`$/.exec(shownDefault)?.[1] ?? null,
    shownDefault,
    meaning,
  }));
}

/** The file .env.example, made from docs/settings.md. */
export function envExample(markdown: string): string {
  const blocks = documentedSettings(markdown).map(({ name, value, shownDefault, meaning }) => {
    const more = value === null ? ` Default: ${plain(shownDefault)}.` : '';
    return `\n# ${plain(meaning)}${more}\n#${name}=${value ?? ''}\n`;
  });
  return HEAD + blocks.join('');
}

/** Without links and code marks. */
function plain(markdown: string): string {
  return markdown
    .replaceAll(/`\[/g, '[')
    .replaceAll(/\[((?:`[^`]*`|[^\][`])+)\]\([^)]+\)/g, '$1')
    .replaceAll('`', '');
}
