// Loaded into a process by `--import`: refuses every connection and every look-up of a name that is not of this
// machine, and writes each attempt as a line to the file OUTGOING_LOG names.
import dgram from 'node:dgram';
import dns from 'node:dns';
import { appendFileSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import net from 'node:net';

const LOOPBACK = /^(?:localhost|127\.\d+\.\d+\.\d+|::1|::ffff:127\.\d+\.\d+\.\d+)$/;
const log = process.env.OUTGOING_LOG;

function note(line) {
  if (log) appendFileSync(log, `${line}\n`);
}

function refuse(what) {
  note(`attempt ${what}`);
  return new Error(`refused by the test: ${what}`);
}

const { connect } = net.Socket.prototype;
net.Socket.prototype.connect = function connectAtHome(...args) {
  const [first] = Array.isArray(args[0]) ? args[0] : args;
  const { path, host = 'localhost' } =
    typeof first === 'object' && first !== null ? first : { path: undefined, host: args[1] };
  if (path || typeof host !== 'string' || LOOPBACK.test(host)) return connect.apply(this, args);
  queueMicrotask(() => this.destroy(refuse(`connect ${host}`)));
  return this;
};

for (const api of [dns, dns.promises]) {
  for (const name of Object.keys(api).filter((key) => /^(?:lookup|resolve)/.test(key))) {
    const original = api[name];
    if (typeof original !== 'function') continue;
    api[name] = (host, ...rest) => {
      if (LOOPBACK.test(host) || net.isIP(host)) return original.call(api, host, ...rest);
      const error = refuse(`${name} ${host}`);
      const callback = rest.at(-1);
      if (typeof callback === 'function') return queueMicrotask(() => callback(error));
      return Promise.reject(error);
    };
  }
}

const { send } = dgram.Socket.prototype;
dgram.Socket.prototype.send = function sendAtHome(...args) {
  const address = args.find((arg) => typeof arg === 'string' && net.isIP(arg));
  if (address === undefined || LOOPBACK.test(address)) return send.apply(this, args);
  throw refuse(`datagram to ${address}`);
};

syncBuiltinESMExports();
note(`loaded ${process.argv[1]}`);
