export interface CurlRequest {
  method: string;
  url: string;
  headers: readonly string[];
  /** Sent as JSON. */
  json?: unknown;
  /** A file to send as it is. */
  file?: string;
}

/** The request as it is typed into a shell; `{name}` in the address becomes `$NAME`. */
export function curlCommand({ method, url, headers, json, file }: CurlRequest): string {
  const sendsBody = json !== undefined || file !== undefined;
  const implied = sendsBody ? 'POST' : 'GET';
  const address = url.replace(/\{(\w+)\}/g, (_match, name: string) => `$${name.toUpperCase()}`);
  const parts = [
    `curl ${method === implied ? '' : `-X ${method} `}${/[?&*]/.test(address) ? `"${address}"` : address}`,
    ...headers.map((header) => `-H ${header.includes('$') ? `"${header}"` : `'${header}'`}`),
    ...(json === undefined ? [] : [`-d '${JSON.stringify(json, null, 2).replaceAll("'", "'\\''")}'`]),
    ...(file === undefined ? [] : [`--data-binary @${file}`]),
  ];
  return parts.join(' \\\n  ');
}
