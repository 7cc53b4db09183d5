import { Visitor, parseSync } from 'oxc-parser';

/** The one file that may open a URL in the browser: it allows https and mailto only. */
const opensUrls = 'main/desktop/security.ts';

/** Values of Electron's `webPreferences` that give a page rights it must not have. */
const pageRights: Readonly<Record<string, boolean>> = {
  webSecurity: false,
  sandbox: false,
  contextIsolation: false,
  nodeIntegration: true,
  nodeIntegrationInWorker: true,
  allowRunningInsecureContent: true,
  webviewTag: true,
};

/** What a file must contain to be forbidden; with an escape, an identifier may be spelled in another way. */
const suspicious = new RegExp(['openExternal', 'no-sandbox', ...Object.keys(pageRights), String.raw`\\[ux]`].join('|'));

/** Returns a sentence for each place of a source file that opens any URL, or gives a page rights that it must not have. */
export function forbiddenCode(file: string, text: string): string[] {
  const found: string[] = [];
  // Reading the syntax of each file takes seconds.
  if (!suspicious.test(text)) return found;
  const add = (start: number, sentence: string) =>
    found.push(`${file}:${text.slice(0, start).split('\n').length} ${sentence}`);
  new Visitor({
    MemberExpression: ({ property, start }) => {
      if (property.type === 'Identifier' && property.name === 'openExternal' && file !== opensUrls)
        add(start, `opens any URL: only ${opensUrls} may call openExternal.`);
    },
    Property: ({ key, value, start }) => {
      const name = key.type === 'Identifier' ? key.name : key.type === 'Literal' ? String(key.value) : '';
      if (Object.hasOwn(pageRights, name) && value.type === 'Literal' && value.value === pageRights[name])
        add(start, `gives a page rights that it must not have: ${name}.`);
    },
    Literal: ({ value, start }) => {
      if (value === 'no-sandbox' || value === '--no-sandbox') add(start, 'disables the sandbox.');
    },
  }).visit(parseSync(file, text).program);
  return found;
}
