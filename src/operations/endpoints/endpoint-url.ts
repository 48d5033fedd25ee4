/** Characters of an endpoint's address at most. */
const LONGEST = 2048;

/** Names that no name server answers for the internet. */
const LOCAL_NAME = /(?:^|\.)(?:localhost|local|internal|intranet|lan|home\.arpa|localdomain)\.?$/i;

/**
 * What is wrong with an address as an endpoint's, as the end of a sentence. Where its name leads is asked at each
 * connection.
 */
export function endpointUrlFault(
  text: string,
  { allowsLoopback }: { readonly allowsLoopback: boolean },
): string | undefined {
  if (text.length > LONGEST) return `must have at most ${LONGEST} characters`;
  if (!URL.canParse(text)) return 'must be a URL such as https://example.com/engine-events';
  const url = new URL(text);
  if (allowsLoopback && isLoopback(url.hostname)) return undefined;
  if (url.protocol !== 'https:') return 'must begin with https://';
  if (url.username !== '' || url.password !== '') return 'must hold no user name and no password';
  if (url.hash !== '') return 'must hold no fragment (#)';
  if (!url.hostname.includes('.') && !url.hostname.startsWith('[')) return 'must name a public host';
  return LOCAL_NAME.test(url.hostname) ? 'must name a public host' : undefined;
}

function isLoopback(host: string): boolean {
  return /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/.test(host);
}
