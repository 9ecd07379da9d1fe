/**
 * The gateway behind every proxy: it answers at once, and always the same. Run with its port. What a Livepeer gateway has
 * is there, and the same answers as OpenAI shapes them, at OpenAI's paths.
 */
import { createServer, type ServerResponse } from "node:http";
import { firstTokenMs, tokenMs, tokens } from "./sizes.ts";

const drawn = Buffer.from('{"images":[{"nsfw":false,"seed":280278971,"url":"/stream/5c3a9f10/9b1de2a4.png"}]}\n');
const drawnForOpenAi = Buffer.from('{"created":1795435200,"data":[{"url":"http://127.0.0.1/9b1de2a4.png"}]}\n');
/** A PNG of 64 × 64 pixels as far as its header says. */
const picture = Buffer.from("89504e470d0a1a0a0000000d49484452000000400000004008060000", "hex");

const send = (response: ServerResponse, type: string, body: Buffer): void => {
  response.writeHead(200, { "Content-Type": type, "Content-Length": body.length }).end(body);
};

const event = (delta: object, finish: string | null): string =>
  `data: ${JSON.stringify({
    id: "chatcmpl-1",
    object: "chat.completion.chunk",
    created: 1_795_435_200,
    model: "meta-llama/Meta-Llama-3.1-8B-Instruct",
    choices: [{ index: 0, delta, finish_reason: finish }],
  })}\n\n`;

/** Its headers at once, and then a token every so often. */
const stream = (response: ServerResponse): void => {
  response.writeHead(200, { "Content-Type": "text/event-stream", "Cache-Control": "no-cache" });
  response.flushHeaders();
  let left = tokens;
  const next = (): void => {
    if (left === 0) {
      response.end(`${event({}, "stop")}data: [DONE]\n\n`);
      return;
    }
    response.write(event({ content: "fox " }, null));
    left -= 1;
    setTimeout(next, tokenMs);
  };
  setTimeout(next, firstTokenMs);
};

const answers: Readonly<Record<string, (response: ServerResponse) => void>> = {
  "/text-to-image": (response) => send(response, "application/json", drawn),
  "/image-to-image": (response) => send(response, "application/json", drawn),
  "/llm": stream,
  "/stream/5c3a9f10/9b1de2a4.png": (response) => send(response, "image/png", picture),
  "/v1/images/generations": (response) => send(response, "application/json", drawnForOpenAi),
  "/v1/images/edits": (response) => send(response, "application/json", drawnForOpenAi),
  "/v1/chat/completions": stream,
};

const server = createServer({ keepAliveTimeout: 0 }, (request, response) => {
  const answer = answers[request.url ?? ""];
  request.resume();
  request.on("end", () => {
    if (answer === undefined) response.writeHead(404, { "Content-Length": 0 }).end();
    else answer(response);
  });
});
server.listen(Number(process.argv[2]), "127.0.0.1");
