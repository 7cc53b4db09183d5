/** The Ed25519 key of this member, and the check of what others signed. The private key never leaves the data directory. */
export interface MemberKeys {
  /** Returns this member's public key (SPKI, base64); makes the pair at the first call. @throws SchedulerError `store/…`. */
  publicKey(): string;
  /** Signs a text as UTF-8. Returns base64. */
  sign(text: string): string;
  /** Returns false for a wrong signature, and for a key or signature that is none. */
  verify(publicKey: string, text: string, signature: string): boolean;
  /** Returns how people compare keys: `SHA256:` and base64, as OpenSSH writes it. */
  fingerprint(publicKey: string): string;
}
