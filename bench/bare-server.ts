import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

// The yardstick: 2 KB of text from bare node:http, in a process of its own.
const body = Buffer.from('const answer = 42; // two kilobytes of this\n'.repeat(48).slice(0, 2048));
const server = createServer((_request, response) => {
  response.writeHead(200, { 'Content-Type': 'text/plain; charset=utf-8', 'Content-Length': body.length });
  response.end(body);
});
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
process.on('disconnect', () => process.exit());
