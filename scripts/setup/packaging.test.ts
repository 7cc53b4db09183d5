import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect, test } from 'vitest';
import { updateSource } from './package-app.mjs';
import { inProject } from './project.mjs';

const config = readFileSync(inProject('electron-builder.yml'), 'utf8');

test('every fuse that electron-builder knows is set in electron-builder.yml', () => {
  const schema = createRequire(import.meta.url)('app-builder-lib/scheme.json') as {
    definitions: { FuseOptionsV1: { properties: Record<string, unknown> } };
  };
  const known = Object.keys(schema.definitions.FuseOptionsV1.properties).sort();
  const block = /^electronFuses:\n((?: {2}.*\n)+)/m.exec(config)?.[1] ?? '';
  const decided = [...block.matchAll(/^ {2}(\w+): (?:true|false)$/gm)].map(([, name]) => name).sort();
  expect(decided).toEqual(known);
});

test('AppImages are built with the toolset that keeps the sandbox', () => {
  expect(config).toMatch(/^ {2}appimage: 1\.\d/m);
});

test('a build checks for updates in the repository that made it, and nowhere if there is none', () => {
  expect(updateSource({ GITHUB_REPOSITORY: 'kim/ncp-scheduler' })).toEqual([
    { provider: 'github', owner: 'kim', repo: 'ncp-scheduler' },
  ]);
  expect(updateSource({})).toBeNull();
});
