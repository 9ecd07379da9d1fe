/**
 * A client that sends `Expect: 100-continue` waits to be asked for its body. Node asks at once; here it is asked when the
 * body is begun to be read, so that a wrong key, a full queue or a wrong path costs nobody an upload.
 */
import type { IncomingMessage, ServerResponse } from "node:http";

/** For Node's `checkContinue`. An answer without it closes the connection, because the body may come all the same. */
export const askForBodyOnRead = (request: IncomingMessage, response: ServerResponse): void => {
  // Flow begins with `pipe` or a listener of `data`, and when Node throws the body away after an answer.
  request.once("resume", () => {
    if (!response.headersSent && !response.destroyed) response.writeContinue();
  });
};
