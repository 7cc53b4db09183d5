// Writes the types of the npm package: main/api/scheduler-types.ts as it is, with every type of the contract that it
// imports spelled out, so that the package needs no other package for its types. Objects that occur several times are named
// once: the file would be four times as large.
import { readFileSync } from 'node:fs';
// TypeScript 7, which checks the project, has no stable API yet.
import ts from 'typescript-6';
import { inProject } from './project.mjs';

const source = 'main/api/scheduler-types.ts';

/** Returns the text of `index.d.ts`. */
export const packageTypes = () => {
  const file = inProject(source);
  const { config } = ts.readConfigFile(inProject('main/tsconfig.json'), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(
    { ...config, include: [], files: [file] },
    ts.sys,
    inProject('main'),
  );
  const program = ts.createProgram([file], options);
  const checker = program.getTypeChecker();
  const parsed = program.getSourceFile(file);
  if (parsed === undefined) throw new Error(`${source} cannot be read.`);
  const imported = parsed.statements.filter(ts.isImportDeclaration).flatMap((statement) => {
    const bindings = statement.importClause?.namedBindings;
    return bindings !== undefined && ts.isNamedImports(bindings) ? [...bindings.elements] : [];
  });
  /** @type {Shapes} */
  const shapes = new Map();
  const spelled = imported.map(({ name }) => {
    const type = checker.getDeclaredTypeOfSymbol(
      checker.getAliasedSymbol(/** @type {ts.Symbol} */ (checker.getSymbolAtLocation(name))),
    );
    return `export type ${name.text} = ${spelledOut(type, { checker, shapes }, 0)};`;
  });
  const own = readFileSync(file, 'utf8')
    .replace(/^import type .*;\n/gm, '')
    .replace(/^export type \{[^}]*\};\n/gm, '')
    .trim();
  const opening = `/** Opens the scheduler of a data directory. Close it with \`close\`, which lets the process end. */
export declare function openScheduler(options?: OpenOptions): Promise<Scheduler>;`;
  return `// Types of the npm package ncp-scheduler. Made by scripts/setup/npm-types.mjs.\n\n${[opening, own, ...withShapes(spelled, shapes)].join('\n\n')}\n`;
};

/** @typedef {Map<string, string>} Shapes Names of object types, by their text. */

/** Shorter objects are clearer where they stand. */
const namedFrom = 120;

/**
 * Adds the objects that occur several times as types of their own, and puts those that occur once back in their place.
 * @param {readonly string[]} texts
 * @param {Shapes} shapes
 */
const withShapes = (texts, shapes) => {
  const textOf = new Map([...shapes].map(([text, name]) => [name, text]));
  /** @type {Map<string, number>} */
  const uses = new Map();
  for (const text of [...texts, ...textOf.values()]) {
    for (const [name] of text.matchAll(shapeName)) uses.set(name, (uses.get(name) ?? 0) + 1);
  }
  /** @type {(text: string) => string} */
  const settled = (text) =>
    text.replaceAll(shapeName, (name) => (uses.get(name) === 1 ? settled(textOf.get(name) ?? '') : name));
  const named = [...textOf].filter(([name]) => (uses.get(name) ?? 0) > 1);
  return [...texts.map(settled), ...named.map(([name, text]) => `type ${name} = ${settled(text)};`)];
};
const shapeName = /\bShape\d+\b/g;

/**
 * @typedef {object} Spelling
 * @property {ts.TypeChecker} checker
 * @property {Shapes} shapes
 */

/**
 * Returns a type as text, without names of types of the contract.
 * @param {ts.Type} type
 * @param {Spelling} spelling
 * @param {number} depth
 * @returns {string}
 */
const spelledOut = (type, spelling, depth) => {
  const { checker, shapes } = spelling;
  if (depth > 30) throw new Error(`A type of the contract contains itself: ${checker.typeToString(type)}`);
  const nested = (/** @type {ts.Type} */ part) => spelledOut(part, spelling, depth + 1);
  if (type.isUnion()) {
    const parts = [...new Set(type.types.map(nested))];
    const both = parts.includes('true') && parts.includes('false');
    return (both ? [...parts.filter((part) => part !== 'true' && part !== 'false'), 'boolean'] : parts).join(' | ');
  }
  if (type.isIntersection()) return type.types.map((part) => `(${nested(part)})`).join(' & ');
  if (checker.isTupleType(type)) return `[${argumentsOf(type, checker).map(nested).join(', ')}]`;
  if (checker.isArrayType(type)) return `Array<${argumentsOf(type, checker).map(nested).join()}>`;
  if ((type.flags & ts.TypeFlags.Object) === 0) return checker.typeToString(type);
  const text = objectText(type, checker, nested);
  if (text.length < namedFrom) return text;
  const name = shapes.get(text) ?? `Shape${shapes.size + 1}`;
  shapes.set(text, name);
  return name;
};

/**
 * @param {ts.Type} type
 * @param {ts.TypeChecker} checker
 */
const argumentsOf = (type, checker) => checker.getTypeArguments(/** @type {ts.TypeReference} */ (type));

/**
 * @param {ts.Type} type
 * @param {ts.TypeChecker} checker
 * @param {(part: ts.Type) => string} nested
 */
const objectText = (type, checker, nested) => {
  if (type.getCallSignatures().length > 0) throw new Error(`${checker.typeToString(type)} is no data.`);
  const fields = type.getProperties().map((property) => {
    const optional = (property.flags & ts.SymbolFlags.Optional) !== 0;
    const name = /^[A-Za-z_]\w*$/.test(property.name) ? property.name : JSON.stringify(property.name);
    return `${name}${optional ? '?' : ''}: ${nested(checker.getTypeOfSymbol(property))}`;
  });
  const indexes = checker
    .getIndexInfosOfType(type)
    .map(({ keyType, type: value }) => `[key: ${checker.typeToString(keyType)}]: ${nested(value)}`);
  return `{ ${[...fields, ...indexes].join('; ')} }`;
};
