import { version as packageVersion } from '../../package.json';

/** The version in package.json at build time. */
export const version: string = packageVersion;
