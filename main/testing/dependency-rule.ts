import { packageOf } from './import-graph.ts';
import type { Import } from './import-graph.ts';

/** What the files of one area may import. */
interface Area {
  /** Path prefix of the area's files, from the checkout's root. The first match in the table counts. */
  readonly path: string;
  /** Path prefixes of other areas that it may import. */
  readonly may: readonly string[];
  /** Path prefixes from which it may import only types. */
  readonly types?: readonly string[];
  /** Packages and `node:` modules it may import. */
  readonly modules: 'any' | readonly string[];
}

/** Node modules without access to files, processes, the network or the clock. */
const pureNode = ['node:crypto', 'node:path', 'node:util', 'node:events', 'node:buffer'];
const contract = 'main/contract/';
const domain = 'main/domain/';
const ports = 'main/ports/';
const services = 'main/services/';
const application = 'main/application/';
/** Rules of an interface (IPC, CLI, MCP, programs). From the domain it uses pure code: errors, schedules, safe text. */
const face: Omit<Area, 'path'> = { may: [application, contract, domain], modules: 'any' };

/** The dependency rule. docs/architecture.md explains it; change both together. */
const areas: readonly Area[] = [
  { path: contract, may: [], modules: ['zod', 'shell-quote'] },
  {
    path: domain,
    may: [],
    types: [contract],
    modules: ['cron-parser', 'cronstrue', 'chrono-node', 'luxon', 're2js', 'json-p3', 'diff'],
  },
  { path: ports, may: [], types: [contract, domain], modules: [] },
  { path: services, may: [domain, ports, contract], modules: [...pureNode, 'zod', 'p-limit'] },
  // node:stream for the types of the MCP server's input and output.
  { path: application, may: [services, domain, ports, contract], modules: [...pureNode, 'node:stream', 'zod'] },
  { path: 'main/adapters/', may: [ports, domain, contract, 'main/adapters/files/'], modules: 'any' },
  { path: 'main/worker/', may: [contract, domain, 'main/adapters/process/', 'main/adapters/files/'], modules: 'any' },
  { path: 'main/ipc/', ...face },
  { path: 'main/cli/', ...face },
  { path: 'main/mcp-server/', ...face },
  { path: 'main/api/', ...face },
  // The calls of the window over HTTP.
  { path: 'main/web/', ...face, may: [...face.may, 'main/ipc/'] },
  // Only these create adapters.
  { path: 'main/desktop/', may: ['main/'], modules: 'any' },
  { path: 'main/start/', may: ['main/'], modules: 'any' },
  { path: 'main/index.ts', may: ['main/'], modules: 'any' },
  { path: 'main/headless', may: ['main/'], modules: 'any' },
  { path: 'preload/', may: [contract], modules: ['electron'] },
  { path: 'renderer/', may: [contract], modules: 'any' },
];

/** The only files that may import 'electron' at run time. All other files run in plain Node, and are tested there. */
const importsElectron = [
  /^main\/index\.ts$/,
  /^main\/desktop\//,
  /^main\/adapters\/electron\//,
  /^main\/adapters\/process\/utility-process-host\.ts$/,
  /^main\/ipc\/electron-binding\.ts$/,
  /^preload\//,
];

/** Returns whether a file is test code, which is not part of the product and may import what it tests. */
export const isTestCode = (file: string): boolean =>
  /\.(test|e2e)\.tsx?$/.test(file) || /(^|\/)(testing|fixtures|contract-suites)\//.test(file);

const areaOf = (file: string): Area | undefined => areas.find(({ path }) => file.startsWith(path));

/** Returns the path prefix of a file's own area; for an adapter, of its own folder (`main/adapters/storage/`). */
const homeOf = (file: string, area: Area): string =>
  area.path === 'main/adapters/' ? file.split('/').slice(0, 3).join('/') + '/' : area.path;

/** Returns a sentence that says why an import breaks the rule, or undefined if it does not. */
export function objectionTo(found: Import): string | undefined {
  const area = areaOf(found.from);
  const place = `${found.from}:${found.line}`;
  if (area === undefined)
    return `${found.from} belongs to no area of the dependency rule: move it, or extend the rule.`;
  const isOwnFile = /^(main|preload|renderer)\//.test(found.to);
  if (isOwnFile && isTestCode(found.to)) return `${place} imports ${found.to}, which is test code, into the product.`;
  return isOwnFile ? objectionToFile(found, area, place) : objectionToModule(found, area, place);
}

function objectionToFile(found: Import, area: Area, place: string): string | undefined {
  const home = homeOf(found.from, area);
  const allowed = [home, ...area.may];
  if (allowed.some((path) => found.to.startsWith(path))) return undefined;
  const asType = (area.types ?? []).some((path) => found.to.startsWith(path));
  if (asType && found.typeOnly) return undefined;
  if (asType)
    return `${place} imports ${found.to} at run time: ${home} may take only types from there (\`import type\`).`;
  return `${place} imports ${found.to}, but ${home} may depend only on ${[...area.may, ...(area.types ?? [])].join(', ') || 'itself'}.`;
}

function objectionToModule(found: Import, area: Area, place: string): string | undefined {
  const name = packageOf(found.to);
  // `electron/main` and `electron/renderer` are the same module with fewer types.
  if (name === 'electron' && !found.typeOnly && !importsElectron.some((path) => path.test(found.from))) {
    return `${place} imports 'electron' at run time: put it behind a port, in main/adapters/electron.`;
  }
  if (area.path === 'renderer/' && name.startsWith('node:')) return `${place} imports ${name}: the window has no Node.`;
  if (area.modules === 'any' || area.modules.includes(name)) return undefined;
  return `${place} imports ${name}: ${area.path} may use only ${area.modules.join(', ') || 'no module'}.`;
}
