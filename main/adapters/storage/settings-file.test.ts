import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { settingsContract } from '../../testing/contract-suites/settings-suite.ts';
import { temporaryDir } from '../../testing/temporary-dir.ts';
import { openSettings } from './settings-file.ts';

function fixture() {
  const dir = temporaryDir();
  const path = join(dir, 'config.json');
  const profilePath = join(dir, 'all.json');
  const open = () =>
    openSettings({ path, profilePath, lock: (action) => action(), watchTiming: { quietMs: 5, pollMs: 50 } });
  return { path, profilePath, open };
}

describe('config.json', () => {
  settingsContract((profileServers) => {
    const { profilePath, open } = fixture();
    writeFileSync(profilePath, JSON.stringify({ name: 'all', mcpServers: profileServers }));
    return open();
  });

  it('contains only what the person set, readable for its owner only', () => {
    const { path, open } = fixture();
    open().update({ theme: 'dark' });
    expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual({ theme: 'dark' });
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  it('that is nested too deep to be written again is not used, and the error says where', () => {
    const { path, open } = fixture();
    writeFileSync(path, `{"theme":"dark","mine":${'['.repeat(100_000)}${']'.repeat(100_000)}}`);
    expect(() => open().update({ theme: 'light' })).toThrow('it is nested deeper than 1000 levels');
  });

  it('that cannot be used is never overwritten, and the error says where it is wrong', () => {
    const { path, open } = fixture();
    const text = '{\n  "defaultTimeout": "soon"\n}';
    writeFileSync(path, text);
    const settings = open();
    const refusal = expect.objectContaining({
      code: 'store/config-unreadable',
      message: expect.stringMatching(/line 2, column 21: defaultTimeout/) as unknown,
    }) as unknown;
    expect(() => settings.read()).toThrow(refusal);
    expect(() => settings.update({ theme: 'dark' })).toThrow(refusal);
    expect(readFileSync(path, 'utf8')).toBe(text);
  });

  it('keeps the last valid settings while an edit is broken', () => {
    const { path, open } = fixture();
    const settings = open();
    settings.update({ maxExecutionsPerJob: 5 });
    writeFileSync(path, '{ "maxExecutionsPerJob": 6');
    expect(settings.read().maxExecutionsPerJob).toBe(5);
    expect(settings.problem()).toMatch(/line 1/);
    writeFileSync(path, '{ "maxExecutionsPerJob": 6 }');
    expect(settings.read().maxExecutionsPerJob).toBe(6);
    expect(settings.problem()).toBeNull();
  });
});

describe("NCP's profile", () => {
  it('may be missing', () => {
    expect(fixture().open().mcpServers()).toEqual({});
  });

  it('is named in the error if it cannot be read', () => {
    const { profilePath, open } = fixture();
    writeFileSync(profilePath, '{');
    expect(() => open().mcpServers()).toThrow(expect.objectContaining({ code: 'store/profile-unreadable' }));
  });

  it('returns the servers that can be started, with stdio or HTTP', () => {
    const { profilePath, open } = fixture();
    const servers = { a: { command: 'x', args: ['1'] }, b: { url: 'https://example.org/mcp' }, c: { disabled: true } };
    writeFileSync(profilePath, JSON.stringify({ mcpServers: servers }));
    expect(Object.keys(open().mcpServers())).toEqual(['a', 'b']);
  });
});
