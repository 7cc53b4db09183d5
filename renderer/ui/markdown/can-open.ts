/** Schemes that the main process opens outside the app (main/desktop/security.ts). Others could start a program. */
const schemes: ReadonlySet<string> = new Set(['https:', 'mailto:']);

/** Returns whether the address of a link can be opened in another program. */
export const canOpen = (address: string): boolean => URL.canParse(address) && schemes.has(new URL(address).protocol);
