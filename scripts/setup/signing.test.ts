import { expect, test } from 'vitest';
import { missingSignature } from './signing.mjs';

const developerId = { CSC_LINK: 'id.p12', CSC_KEY_PASSWORD: 'x' };

test('a build on macOS without a certificate says that nobody else can open the app', () => {
  expect(missingSignature('darwin', {})).toMatch(/neither signed nor notarised: CSC_LINK, CSC_KEY_PASSWORD is not set/);
  expect(missingSignature('darwin', { CSC_LINK: 'id.p12' })).toContain(': CSC_KEY_PASSWORD is not set');
});

test('a certificate alone is not enough on macOS: either way to notarise is', () => {
  expect(missingSignature('darwin', developerId)).toMatch(
    /signed but not notarised: set APPLE_API_KEY,.* or APPLE_ID,/,
  );
  const password = { APPLE_ID: 'a', APPLE_APP_SPECIFIC_PASSWORD: 'b', APPLE_TEAM_ID: 'c' };
  expect(missingSignature('darwin', { ...developerId, ...password })).toBeUndefined();
  const key = { APPLE_API_KEY: 'a', APPLE_API_KEY_ID: 'b', APPLE_API_ISSUER: 'c' };
  expect(missingSignature('darwin', { ...developerId, ...key })).toBeUndefined();
});

test('Windows takes its own certificate or the general one', () => {
  expect(missingSignature('win32', {})).toContain('WIN_CSC_LINK, WIN_CSC_KEY_PASSWORD is not set');
  expect(missingSignature('win32', { WIN_CSC_LINK: 'a' })).toContain(': WIN_CSC_KEY_PASSWORD is not set');
  expect(missingSignature('win32', { WIN_CSC_LINK: 'a', WIN_CSC_KEY_PASSWORD: 'b' })).toBeUndefined();
  expect(missingSignature('win32', developerId)).toBeUndefined();
});

test('packages for Linux are not signed one by one', () => {
  expect(missingSignature('linux', {})).toBeUndefined();
});
