// An answer that is given before the whole body was read: the sender must get it all the same.
import type http from "node:http";
import { Socket } from "node:net";

/** Milliseconds that a sender may go on sending after the answer. */
const PATIENCE = 5000;

/**
 * Keeps the connection until the answer is out, and a while longer for a sender who is still sending: a connection that is
 * closed on unread bytes is reset, and the answer is lost with it. What arrives meanwhile is thrown away.
 */
export function linger(request: http.IncomingMessage, response: http.ServerResponse): void {
  const { socket } = request;
  const destroy = request.destroy.bind(request);
  // Whoever gives up reading destroys the request, and with it the connection that the answer needs. Node itself destroys one
  // that was read to its end.
  request.destroy = (error?: Error) => {
    if (request.complete || socket.destroyed || response.writableFinished) return destroy(error);
    request.resume();
    return request;
  };
  // A sender that asked for the connection to be closed gets its end of it closed first.
  socket.destroySoon = () => (request.complete ? Socket.prototype.destroySoon.call(socket) : void socket.end());
  response.once("finish", () => {
    if (request.complete) return;
    request.resume();
    const late = setTimeout(() => socket.destroy(), PATIENCE);
    const done = () => clearTimeout(late);
    request.once("end", done);
    socket.once("close", done);
  });
}
