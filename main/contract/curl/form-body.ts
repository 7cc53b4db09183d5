/**
 * Writes the fields of a form as multipart/form-data (RFC 7578), with a boundary that no value contains.
 * @returns the text of the body and its media type
 */
export function multipartBody(fields: readonly (readonly [name: string, value: string])[]): {
  body: string;
  contentType: string;
} {
  let boundary = 'ncp-scheduler-form';
  while (fields.some(([, value]) => value.includes(boundary))) boundary += '-x';
  const parts = fields.map(([name, value]) => {
    const quoted = name.replaceAll('"', '%22').replaceAll(/\r?\n/g, '%0D%0A');
    return `--${boundary}\r\nContent-Disposition: form-data; name="${quoted}"\r\n\r\n${value}\r\n`;
  });
  return { body: `${parts.join('')}--${boundary}--\r\n`, contentType: `multipart/form-data; boundary=${boundary}` };
}

/** Encodes `--data-urlencode CONTENT`, `=CONTENT` or `NAME=CONTENT` (curl(1)). Null for `@FILE` and `NAME@FILE`. */
export function urlEncodedData(value: string): string | null {
  const [, name = '', sign = '', content = ''] = /^([^=@]*)([=@])([\s\S]*)$/.exec(value) ?? [];
  if (sign === '@') return null;
  if (sign === '') return formEncoded(value);
  return name === '' ? formEncoded(content) : `${name}=${formEncoded(content)}`;
}

/** Percent-encodes all but the unreserved characters, as curl does. `${secret:NAME}` stays, so that it is replaced. */
function formEncoded(text: string): string {
  return keepingSecrets(text, (part) =>
    encodeURIComponent(part).replaceAll(
      /[!'()*]/g,
      (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
    ),
  );
}

/** Changes the text around each `${secret:NAME}`. */
export function keepingSecrets(text: string, change: (part: string) => string): string {
  return text
    .split(/(\$\{secret:[^}]*\})/)
    .map((part, index) => (index % 2 === 1 ? part : change(part)))
    .join('');
}
