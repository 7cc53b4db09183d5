import { expect, it } from 'vitest';
import { soundsSecret } from './rules.ts';

it.each([
  ...[
    'PGPASSWORD',
    'GITHUB_TOKEN',
    'X-Auth-Key',
    'Authorization',
    'apiKey',
    'AWS_SECRET_ACCESS_KEY',
    'accessToken',
    'key',
  ],
  ...['AccountKey', 'storage_key', 'session_tokens', 'hostKey', 'secretMessage', 'password_storage'],
])('%s sounds like the name of a secret', (name) => {
  expect(soundsSecret(name)).toBe(true);
});

it.each([
  ...['AUTHOR', 'KEYBOARD', 'TOKEN_FILE', 'secretName'],
  // Keys that tell things apart, and open nothing.
  ...[
    'Idempotency-Key',
    'X-Idempotency-Key',
    'idempotencyKey',
    'partitionKey',
    'sort_key',
    'routing-key',
    'Surrogate-Key',
  ],
  ...['cacheKey', 'PUBLIC_KEY', 'primary_keys', 'dedupKey'],
  // Numbers about tokens and passwords.
  ...['max_tokens', 'maxOutputTokens', 'budget_tokens', 'promptTokens', 'TOKEN_TTL', 'passwordLength', 'token_limit'],
])('%s does not sound like one', (name) => {
  expect(soundsSecret(name)).toBe(false);
});
