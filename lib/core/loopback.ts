/** Whether a host name or address means this machine and cannot be reached from another. */
export function isLoopback(host: string): boolean {
  const name = host.toLowerCase().replace(/^\[|\]$/g, '');
  return (
    name === 'localhost' || name.endsWith('.localhost') || name === '::1' || /^127(\.\d+){3}$/.test(name)
  );
}

/** The host of an address with a scheme; any other text is returned unchanged. */
export function hostnameOf(url: string): string {
  return URL.canParse(url) ? new URL(url).hostname : url;
}
