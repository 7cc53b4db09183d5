// Writes the types of the npm package: main/api/scheduler-types.ts as it is, with every type of the contract that it
// imports spelled out, so that the package needs no other package for its types.
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
  const spelled = imported.map(({ name }) => {
    const type = checker.getDeclaredTypeOfSymbol(
      checker.getAliasedSymbol(/** @type {ts.Symbol} */ (checker.getSymbolAtLocation(name))),
    );
    return `export type ${name.text} = ${spelledOut(type, checker, 0)};`;
  });
  const own = readFileSync(file, 'utf8')
    .replace(/^import type .*;\n/gm, '')
    .replace(/^export type \{[^}]*\};\n/gm, '')
    .trim();
  const opening = `/** Opens the scheduler of a data directory. Close it with \`close\`, which lets the process end. */
export declare function openScheduler(options?: OpenOptions): Promise<Scheduler>;`;
  return `// Types of the npm package ncp-scheduler. Made by scripts/setup/npm-types.mjs.\n\n${[opening, own, ...spelled].join('\n\n')}\n`;
};

/**
 * Returns a type as text, without names of other types.
 * @param {ts.Type} type
 * @param {ts.TypeChecker} checker
 * @param {number} depth
 * @returns {string}
 */
const spelledOut = (type, checker, depth) => {
  if (depth > 30) throw new Error(`A type of the contract contains itself: ${checker.typeToString(type)}`);
  const nested = (/** @type {ts.Type} */ part) => spelledOut(part, checker, depth + 1);
  if (type.isUnion()) {
    const parts = [...new Set(type.types.map(nested))];
    const both = parts.includes('true') && parts.includes('false');
    return (both ? [...parts.filter((part) => part !== 'true' && part !== 'false'), 'boolean'] : parts).join(' | ');
  }
  if (type.isIntersection()) return type.types.map((part) => `(${nested(part)})`).join(' & ');
  if (checker.isTupleType(type)) return `[${argumentsOf(type, checker).map(nested).join(', ')}]`;
  if (checker.isArrayType(type)) return `Array<${argumentsOf(type, checker).map(nested).join()}>`;
  if ((type.flags & ts.TypeFlags.Object) === 0) return checker.typeToString(type);
  return objectText(type, checker, nested);
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
