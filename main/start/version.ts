import { version as packageVersion } from '../../package.json';

/** The product's version, from package.json at build time. */
export const version: string = packageVersion;
