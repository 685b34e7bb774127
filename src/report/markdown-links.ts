/** A link only where the address is one of the web, and no sign in it ends the link. */
export const linked = (text: string, url: string): string => (isAddress(url) ? `[${text}](${url})` : text)

export const isAddress = (url: string): boolean => /^https:\/\/[^\s()<>"'`|\\]+$/.test(url)

/** The repository on its server, or empty where it is none of a forge. */
export const repositoryUrl = (repository: string, serverUrl = ''): string =>
  serverUrl !== '' && /^[\w.-]+\/[\w.-]+$/.test(repository) ? `${serverUrl}/${repository}` : ''
