/**
 * A chunk's other chunks, as Rolldown writes them in CommonJS. The names are Rolldown's own and occur for nothing else.
 */
const staticRequire = /^const (require_\w+) = require\("(\.[^"]+)"\);$/gm;

/**
 * Rolldown plugin: a chunk is loaded when something of it is first used, not when another chunk names it. What a module
 * imports is one list for all that it can do, and a short command does little of it: `list` needs neither the engine of
 * schedules nor, where the schedule was checked when it was written, the schemas of tasks.
 *
 * A chunk that nothing is used of is there for what it does on being loaded, and is loaded at once.
 * @returns {import('vite').Plugin}
 */
export const chunksOnUse = () => ({
  name: 'chunks-on-use',
  renderChunk(code) {
    const names = [...code.matchAll(staticRequire)].map(([, name]) => name);
    const used = names.filter((name) => code.split(new RegExp(`\\b${name}\\b`)).length > 2);
    if (used.length === 0) return null;
    const lazily = code.replace(staticRequire, (line, name, file) =>
      used.includes(name)
        ? `let ${name}$loaded; const ${name}$ = () => (${name}$loaded ??= require("${file}"));`
        : line,
    );
    // In parentheses: `new require_errors$().SchedulerError()` would make an instance of the function.
    return { code: lazily.replace(new RegExp(`\\b(${used.join('|')})\\b(?!\\$)`, 'g'), '($1$())'), map: null };
  },
});
