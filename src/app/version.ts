/** Held to package.json by a contract test; part of every plan's digest. */
export const VERSION = '0.1.0'
