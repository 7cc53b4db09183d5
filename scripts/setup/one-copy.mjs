import { readFileSync } from 'node:fs';

const provider = /\/@modelcontextprotocol\/(?:client|server)\/dist\/ajvProvider-[\w-]+\.mjs$/;
/** The start of the SDK's own code. What stands before it is Ajv. */
const ownCode = '//#region ../core-internal/src/validators/ajvProvider.ts\n';
const copies = [
  'var import_ajv = require_ajv();\n',
  'var import__2019 = require__2019();\n',
  'var import__2020 = require__2020();\n',
  'var import_dist = /* @__PURE__ */ __toESM(require_dist(), 1);\n',
];
const imports = `import { Ajv as Draft7 } from 'ajv';
import { Ajv2019 } from 'ajv/dist/2019.js';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
const [import_ajv, import__2019, import__2020, import_dist] = [{ Ajv: Draft7 }, { Ajv2019 }, { Ajv2020 }, { default: formats }];
`;

/**
 * Returns a Rolldown plugin that bundles Ajv once. The client and the server of the MCP SDK each have a copy inside a
 * larger file: 0.2 MB of the npm package.
 * @returns {import('vite').Plugin}
 */
export const oneCopyOfAjv = () => ({
  name: 'one-copy-of-ajv',
  enforce: 'pre',
  load: (id) => (provider.test(id.replaceAll('\\', '/')) ? withOurAjv(id, readFileSync(id, 'utf8')) : null),
});

/**
 * @param {string} path
 * @param {string} text
 */
export const withOurAjv = (path, text) => {
  const [before = '', after] = text.split(ownCode);
  if (after === undefined || copies.some((line) => !after.includes(line)))
    throw new Error(`${path} holds Ajv in another way than before: change scripts/setup/one-copy.mjs.`);
  const dialects = /^import \{[^}]+\} from "\.\/dialects-[\w-]+\.mjs";$/m.exec(before)?.[0];
  if (dialects === undefined)
    throw new Error(`${path} no longer imports its dialects: change scripts/setup/one-copy.mjs.`);
  return `${dialects}\n${imports}${copies.reduce((code, line) => code.replace(line, ''), after)}`;
};
