/**
 * Matches how a chunk requires other chunks in Rolldown's CommonJS. Only Rolldown generates such names.
 */
const staticRequire = /^const (require_\w+) = require\("(\.[^"]+)"\);$/gm;

/**
 * Returns a Rolldown plugin that loads a chunk when something in it is first used, not when another chunk requires it.
 * A module imports everything that any of its functions needs, but a short command calls few of them: `list` needs
 * neither the schedule engine nor, if the schedule was checked when it was written, the schemas of tasks.
 *
 * A chunk that is required but never used is needed for its side effects, so it is loaded at once.
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
    // Without parentheses, `new require_errors$().SchedulerError()` would create an instance of the function.
    return { code: lazily.replace(new RegExp(`\\b(${used.join('|')})\\b(?!\\$)`, 'g'), '($1$())'), map: null };
  },
});
