/** Returns the absolute path of a program, found along a PATH; null if it is not there, or its name is a relative path. */
export type ProgramFinder = (name: string, path: string) => Promise<string | null>;
