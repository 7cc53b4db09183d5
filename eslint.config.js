import js from '@eslint/js';
import tseslint from 'typescript-eslint';

/** Bans raw IPC outside the files that wrap it (see the overrides at the end). */
const rawIpc = ['ipcMain', 'ipcRenderer'].map((name) => ({
  name: 'electron',
  importNames: [name],
  message: `Raw ${name} skips the sender and schema checks. Use main/ipc/electron-binding.ts or preload.`,
}));

const bannedSyntax = [
  {
    selector: "MemberExpression[property.name='openExternal']",
    message: 'openExternal opens any URL. Only main/desktop/security.ts, which allows https and mailto, may call it.',
  },
  {
    selector: 'Property[key.name=/^(webSecurity|sandbox|contextIsolation)$/][value.value=false]',
    message: 'This gives the page rights that it must not have.',
  },
  {
    selector:
      'Property[key.name=/^(nodeIntegration|nodeIntegrationInWorker|webviewTag|allowRunningInsecureContent)$/][value.value=true]',
    message: 'This gives the page rights that it must not have.',
  },
  {
    selector: "Literal[value='no-sandbox'], Literal[value='--no-sandbox']",
    message: 'The product never disables the sandbox.',
  },
];

export default tseslint.config(
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  { ignores: ['out/', 'dist/', 'node_modules/', 'test-results/', 'coverage/', 'docs/'] },
  js.configs.recommended,
  ...tseslint.configs.recommendedTypeChecked,
  {
    files: ['**/*.ts', '**/*.tsx'],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'separate-type-imports' }],
      '@typescript-eslint/only-throw-error': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', ignoreRestSiblings: true, varsIgnorePattern: '^_' },
      ],
      '@typescript-eslint/require-await': 'off',
      'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
      'max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true }],
      'no-console': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      // `== null` is the shortest check for "null or undefined".
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-restricted-imports': ['error', { paths: rawIpc }],
      'no-restricted-syntax': ['error', ...bannedSyntax],
    },
  },
  {
    files: ['**/*.test.ts', '**/*.test.tsx', 'e2e/**', 'bench/**', '**/contract-suites/**'],
    rules: {
      'max-lines-per-function': 'off',
      'no-console': 'off',
      // Contract suites destructure methods from the object under test.
      '@typescript-eslint/unbound-method': 'off',
    },
  },
  {
    // Markup takes more lines. The logic of a component belongs in separate functions and hooks.
    files: ['**/*.tsx'],
    rules: { 'max-lines-per-function': ['error', { max: 90, skipBlankLines: true, skipComments: true }] },
  },
  {
    files: ['main/ipc/electron-binding.ts', 'preload/**'],
    rules: { 'no-restricted-imports': 'off' },
  },
  {
    files: ['main/desktop/security.ts'],
    rules: { 'no-restricted-syntax': ['error', ...bannedSyntax.slice(1)] },
  },
  {
    files: ['**/*.mjs', '**/*.js'],
    extends: [tseslint.configs.disableTypeChecked],
    languageOptions: {
      globals: {
        process: 'readonly',
        console: 'readonly',
        URL: 'readonly',
        Buffer: 'readonly',
        setTimeout: 'readonly',
        clearTimeout: 'readonly',
        fetch: 'readonly',
        AbortSignal: 'readonly',
        performance: 'readonly',
        setInterval: 'readonly',
        clearInterval: 'readonly',
      },
    },
    rules: { 'no-console': 'off' },
  },
);
