/**
 * Splits `https://user:password@host/` into an address without them and the header that browsers and curl send instead
 * (RFC 7617). Fetch refuses such addresses, with the password in its message.
 * @returns the address in its standard form; null as `authorization` if it has neither
 */
export function splitCredentials(address: string): { readonly url: string; readonly authorization: string | null } {
  const url = new URL(address);
  const { username, password } = url;
  if (username === '' && password === '') return { url: url.href, authorization: null };
  url.username = '';
  url.password = '';
  const pair = `${decoded(username)}:${decoded(password)}`;
  return { url: url.href, authorization: `Basic ${Buffer.from(pair, 'utf8').toString('base64')}` };
}

/** Returns the text behind percent signs; unchanged if they do not encode UTF-8. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
