import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { commonHeaders } from './security-headers';

const STATUS_BY_ERROR: Readonly<Record<string, number>> = {
  HPE_HEADER_OVERFLOW: 431,
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 413,
  ERR_HTTP_REQUEST_TIMEOUT: 408,
};

/** For `clientError` of a server: answers invalid HTTP requests, and closes the connection. */
export function rejectUnreadable(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (error.code === 'ECONNRESET' || !socket.writable) socket.destroy();
  else socket.end(bareAnswer(STATUS_BY_ERROR[error.code ?? ''] ?? 400));
}

/** For `connect` of a server: no client may use it as a proxy. */
export function rejectConnect(socket: Duplex): void {
  // Node removes its own listener before it passes on the socket.
  socket.on('error', () => {});
  socket.end(bareAnswer(405, { Allow: 'GET, HEAD, POST' }), () => socket.destroy());
}

/** A response without a body, for a socket without a response object. */
function bareAnswer(status: number, headers: Record<string, string> = {}): string {
  const all = { ...commonHeaders(), ...headers, Connection: 'close', 'Content-Length': '0' };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}`);
  return `${[`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`, ...lines].join('\r\n')}\r\n\r\n`;
}
