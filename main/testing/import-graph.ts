import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { Visitor, parseSync } from 'oxc-parser';
import type { Expression, StringLiteral } from 'oxc-parser';

/** One import, re-export, or `import()` in a source file. */
export interface Import {
  /** The importing file, from the checkout's root, with `/`. */
  readonly from: string;
  /** A file from the checkout's root for a relative import; otherwise the package or `node:` module. */
  readonly to: string;
  /** True if the compiler erases the import, so that it does not exist at run time. */
  readonly typeOnly: boolean;
  /** Line number, starting at 1. */
  readonly line: number;
}

/** Returns all `.ts`, `.tsx` and `.mjs` files below the folders, as paths from the root with `/`, sorted. */
export function sourceFiles(root: string, folders: readonly string[]): string[] {
  return folders
    .filter((folder) => existsSync(join(root, folder)))
    .flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((file) => join(folder, file)),
    )
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => /\.(tsx?|mjs)$/.test(file) && !file.includes('node_modules/'))
    .sort();
}

/** Returns every import of a file. Reads only syntax, and resolves only relative paths. */
export function importsOf(root: string, file: string): Import[] {
  const text = readFileSync(join(root, file), 'utf8');
  const { program, errors } = parseSync(file, text);
  if (errors.length > 0) throw new Error(`${file}: ${errors.map(({ message }) => message).join(', ')}`);
  const found: Import[] = [];
  const add = (specifier: { readonly value: string; readonly start: number } | null, typeOnly: boolean) => {
    if (specifier === null) return;
    const line = text.slice(0, specifier.start).split('\n').length;
    found.push({ from: file, to: targetOf(root, file, specifier.value), typeOnly, line });
  };
  new Visitor({
    ImportDeclaration: ({ source, importKind }) => add(source, importKind === 'type'),
    ExportAllDeclaration: ({ source, exportKind }) => add(source, exportKind === 'type'),
    ExportNamedDeclaration: ({ source, exportKind }) => add(source, exportKind === 'type'),
    TSImportType: ({ source }) => add(source, true),
    ImportExpression: ({ source }) => add(isText(source) ? source : null, false),
  }).visit(program);
  return found;
}

function isText(expression: Expression): expression is StringLiteral {
  return expression.type === 'Literal' && typeof expression.value === 'string';
}

function targetOf(root: string, file: string, specifier: string): string {
  if (!specifier.startsWith('.')) return specifier;
  // Vite's suffixes (`?raw`, `?url`) are not part of the path.
  const path = specifier.replace(/\?.*$/, '');
  return relative(root, resolve(root, dirname(file), path)).replaceAll('\\', '/');
}

/** Returns the package of a bare import, for example `@scope/name` for `@scope/name/sub`. */
export function packageOf(target: string): string {
  return target.startsWith('node:')
    ? target
    : target
        .split('/')
        .slice(0, target.startsWith('@') ? 2 : 1)
        .join('/');
}

/** Returns the files of the first import cycle that exists at run time, in order; undefined if there is none. */
export function findCycle(imports: readonly Import[]): string[] | undefined {
  const targets = new Map<string, string[]>();
  for (const { from, to, typeOnly } of imports) {
    if (!typeOnly && /\.tsx?$/.test(to)) targets.set(from, [...(targets.get(from) ?? []), to]);
  }
  const done = new Set<string>();
  const walk = (file: string, path: readonly string[]): string[] | undefined => {
    if (path.includes(file)) return [...path.slice(path.indexOf(file)), file];
    if (done.has(file)) return undefined;
    for (const next of targets.get(file) ?? []) {
      const cycle = walk(next, [...path, file]);
      if (cycle !== undefined) return cycle;
    }
    done.add(file);
    return undefined;
  };
  for (const file of targets.keys()) {
    const cycle = walk(file, []);
    if (cycle !== undefined) return cycle;
  }
  return undefined;
}
