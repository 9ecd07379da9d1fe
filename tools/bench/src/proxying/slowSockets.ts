/** Callers that hold a server up: a third say nothing, a third send their headers byte by byte, a third their body. */
import { connect } from "node:net";
import { slowSockets } from "./sizes.ts";

/** Between two bytes, in milliseconds. */
const restMs = 200;

const openings: ReadonlyArray<string> = [
  "",
  "POST /text-to-image HTTP/1.1\r\nhost: localhost\r\nx-slow: ",
  "POST /text-to-image HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: 100000\r\n\r\n",
];

/** Opens them; gives how to hang up. */
export const openSlowSockets = (origin: string): (() => void) => {
  const port = Number(new URL(origin).port);
  const sockets = Array.from({ length: slowSockets }, (_, index) => {
    const socket = connect(port, "127.0.0.1");
    // The server may well throw them out.
    socket.on("error", () => undefined).resume();
    const opening = openings[index % openings.length] ?? "";
    if (opening !== "") socket.write(opening);
    return { socket, speaks: opening !== "" };
  });
  const drip = setInterval(() => {
    for (const { socket, speaks } of sockets) if (speaks && socket.writable) socket.write("a");
  }, restMs);
  return () => {
    clearInterval(drip);
    for (const { socket } of sockets) socket.destroy();
  };
};
