/** Matches anywhere in a name: `PGPASSWORD`, `GITHUB_TOKEN`. */
const secretPart = /passw(?:or)?d|passphrase|secret|token|api[-_]?key|credential/i;
/** Matches a whole word: `AUTH`, `X-Auth-Key`; not `AUTHOR`, `KEYBOARD`. */
const secretWord =
  /(?:^|[-_.])(?:pass|passcode|pwd|auth(?:orization)?|bearer|cookie|key|jwt|otp|pat|sig(?:nature)?)s?(?:$|[-_.]|\d)/i;
/** Values that reveal nothing: switches and small numbers. */
const trivial = /^(?:true|false|yes|no|on|off|\d{1,5})$/i;
/** Names that say where a secret is, not the secret itself. */
const pointer = /(?:file|path|dir|sock|socket|url|name|id|type|method|expires?)$/i;
/** Names of keys that tell things apart and open nothing: `Idempotency-Key`, `partitionKey`, `PUBLIC_KEY`. */
const plainKey =
  /(?:^|[-_.])(?:idempoten(?:cy|ce|t)|dedup(?:e|lication)?|partition|sort|range|routing|row|cache|surrogate|primary|foreign|public|object)[-_.]?keys?$/i;
/** Names of numbers: `max_tokens`, `TOKEN_TTL`, `passwordLength`. */
const amount =
  /(?:^|[-_.])(?:max|min|total|prompt|completion|input|output|thinking|reasoning|budget)[-_.](?:\w+[-_.])?tokens$|[-_.](?:count|limit|budget|length|ttl|lifetime)$/i;

/** Forms of well-known tokens, whatever their names. */
const secretValue = [
  /\bgh[pousr]_[A-Za-z0-9]{20,}/,
  /\bgithub_pat_\w{20,}/,
  /\bglpat-[\w-]{15,}/,
  /\bsk-[\w-]{20,}/,
  /\bxox[abprs]-[\w-]{10,}/,
  /\bnpm_[A-Za-z0-9]{30,}/,
  /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/,
  /\bAIza[\w-]{30,}/,
  /\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]{8,}/,
  /-----BEGIN [A-Z ]*PRIVATE KEY-----/,
  /\b(?:Bearer|Basic)\s+[\w.~+/=-]{8,}/i,
  /:\/\/[^/\s:@]*:[^/\s]+@/,
  /:\/\/[^/\s:@]{20,}@/,
  /\bhooks\.slack\.com\/(?:services|workflows)\/[\w/]{20,}/,
  /\bdiscord(?:app)?\.com\/api\/webhooks\/\d+\/[\w-]{20,}/,
  /\bapi\.telegram\.org\/bot\d+:[\w-]{20,}/,
];
/** The same forms, to find each of them in a text. */
export const tokenForms: readonly RegExp[] = secretValue
  .filter((form) => !form.source.startsWith(':'))
  .map((form) => new RegExp(form.source, `${form.flags}dg`));

const isReference = (text: string): boolean => /\$\{[^}]+\}|^(?:[A-Za-z]+ +)?\$(?:\w+|\(.*\))$|^%\w+%$/.test(text);

/** True for a value that reveals nothing, whatever its name: empty, a switch, a small number, a reference, a placeholder. */
export const isPlainValue = (value: string): boolean =>
  value === '' || trivial.test(value) || isReference(value) || /^\[hidden:\d+\]$/.test(value);

/** True for the path of a file, such as a key file, which is no secret itself. */
export const isPath = (value: string): boolean =>
  /^(?:~|\.{1,2})?\/(?:etc|home|Users|usr|var|opt|tmp|run|root|mnt|srv|dev|proc)\/|^(?:~|\.{1,2})\/|^[A-Za-z]:\\/.test(
    value,
  );

/** True if a variable, header or parameter of this name usually holds a secret. */
export function soundsSecret(name: string): boolean {
  const plain = name.replaceAll(/(?<=[a-z0-9])(?=[A-Z])/g, '_');
  const names = [pointer, plainKey, amount];
  return (secretPart.test(plain) || secretWord.test(plain)) && !names.some((form) => form.test(plain));
}

/** True if text contains a well-known form of token, or a URL with a password. */
const holdsSecret = (text: string): boolean => secretValue.some((form) => form.test(text));

/** True if a variable must be neither stored nor shown: also with a value that is short or a mere switch. */
export const isSecretVariable = (name: string, value: string): boolean => soundsSecret(name) || holdsSecret(value);

/** True if the value of a variable, header or parameter of this name must not be shown or exported unnoticed. */
export function looksSecret(name: string, value: string): boolean {
  if (isPlainValue(value)) return false;
  return holdsSecret(value) || soundsSecret(name);
}
