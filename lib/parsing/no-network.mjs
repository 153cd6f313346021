// Closes every way to the network before a parser is loaded: what a hole in one could do then is give a wrong text. Sockets are
// refused where all of Node's clients and servers come together, and at each door, so that whoever tries is told at once.
import childProcess from "node:child_process";
import dgram from "node:dgram";
import dns from "node:dns";
import http from "node:http";
import http2 from "node:http2";
import https from "node:https";
import { syncBuiltinESMExports } from "node:module";
import net from "node:net";
import tls from "node:tls";
import workerThreads from "node:worker_threads";

/** @returns {never} */
function refused() {
  const error = new Error("A parser has no network.");
  error.name = "NoNetwork";
  throw error;
}

/**
 * @param {object} holder
 * @param {Iterable<string>} [names] all functions that it has, when absent
 */
function close(holder, names = Object.getOwnPropertyNames(holder)) {
  for (const name of names) {
    const found = Object.getOwnPropertyDescriptor(holder, name);
    if (typeof found?.value !== "function" || name === "constructor") continue;
    Object.defineProperty(holder, name, { ...found, value: refused, writable: false, configurable: false });
  }
}

close(net.Socket.prototype, ["connect"]);
close(net.Server.prototype, ["listen"]);
close(net, ["connect", "createConnection", "createServer", "Server"]);
close(tls, ["connect", "createServer", "Server"]);
close(http, ["request", "get", "createServer", "Server", "ClientRequest"]);
close(https, ["request", "get", "createServer", "Server"]);
close(http2, ["connect", "createServer", "createSecureServer"]);
close(dgram, ["createSocket", "Socket"]);
close(dns.promises);
close(dns);
// Another process or thread would have doors of its own.
close(childProcess);
close(workerThreads, ["Worker"]);
close(process, ["binding", "dlopen"]);
for (const name of ["fetch", "WebSocket", "EventSource", "XMLHttpRequest"]) {
  if (name in globalThis)
    Object.defineProperty(globalThis, name, { value: refused, writable: false, configurable: false });
}
syncBuiltinESMExports();
