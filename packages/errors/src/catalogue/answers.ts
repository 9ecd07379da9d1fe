/** Pages about answers that hold no result: 500, an empty result, rubbish, half a stream. */
import type { Entry } from "./Entry.ts";
import { answer, broken, types } from "./examples.ts";
import { goLivepeer, guide, page, rfc9110, runner } from "./sources.ts";

const inference: Entry = {
  code: "SLUICE-500-INFERENCE",
  title: "The inference failed",
  happened: "The gateway answered 500: the model ran, or tried to, and failed. The work may be billed.",
  you: [
    "Ask for less: smaller `width` and `height`, fewer images. Memory that runs out is a usual cause.",
    "Try the documented warm model with the same prompt. If that works, the model is at fault; if not, the request is.",
    "If the gateway is yours, read its log: it has the orchestrator's words, which the answer lacks.",
    "If a repeat must not be billed twice, switch it off, as shown below.",
  ],
  why: `An orchestrator's model crashed, ran out of memory, or did not like its input (${guide("troubleshooting", "Livepeer's troubleshooting guide")}). go-livepeer replaces whatever the reason was by \`Internal Server Error\` (${goLivepeer("server/handlers.go", "L1722-L1726")}); an ai-runner that is called directly says it (${runner("routes/text_to_image.py", "L29-L34")}). go-livepeer also answers 500 when the work was done but its result could not be fetched from the orchestrator in time. Studio's 500s mean something else: ${page("SLUICE-503-MASKED")}.`,
  sluice:
    "It tries once more after a moment, as Livepeer's guide asks, and then gives up: each run may be billed, and a request that made a model fail twice will do so again.",
  settings: [{ options: { inference: "never" }, when: "no repeat" }],
  examples: [
    answer("go-livepeer", "a go-livepeer gateway, whatever the reason", [
      "500 Internal Server Error",
      types.go,
      '{"error":{"message":"Internal Server Error"}}\n',
    ]),
    answer("runner", "an ai-runner that is called directly", [
      "500 Internal Server Error",
      types.fastApi,
      '{"detail":{"msg":"Out of memory error. Try reducing output image resolution."}}',
    ]),
    answer("generic", "a gateway that reports its failure under status 200", [
      "200 OK",
      types.go,
      '{"error":{"message":"the model crashed"}}',
    ]),
  ],
};

const emptyResult: Entry = {
  code: "SLUICE-502-EMPTY-RESULT",
  title: "The answer holds no result",
  happened:
    "The gateway answered 200 and its JSON is well-formed, but there is no result in it, such as no image at all. It is likely to be billed.",
  you: [
    "Call again if a second charge is acceptable; another `seed` or prompt may do.",
    "If it repeats, report it to the gateway's operator with the time and the request's id.",
  ],
  why: "This is a precaution: neither go-livepeer, Studio nor ai-runner has code that is meant to answer so. A container with a fault, or a filter that drops every image, would.",
  sluice: `It never takes this for a success, and it does not repeat the call: the gateway counts it as done. \`null\`, or no body at all, is something else: ${page("SLUICE-503-EMPTY")}.`,
  examples: [
    answer("go-livepeer", "a gateway that answers without an image", ["200 OK", types.go, '{"images":[]}\n']),
    answer("generic", "a gateway that answers without anything", ["200 OK", types.go, "{}"]),
  ],
};

const malformed: Entry = {
  code: "SLUICE-502-MALFORMED",
  title: "What came is not a gateway's answer",
  happened:
    "What came is not what the pipeline returns: a web page, a redirect, broken JSON, or something that is not HTTP.",
  you: [
    "Look at what is there: `curl -i <base URL>`. A login portal, a dashboard or a web server's default page means that the address is wrong.",
    "If the message says that it redirects, put the address that it names into `SLUICE_GATEWAY_URL`. Often `http://` should be `https://`.",
    "If it is not HTTP, the port belongs to something else, or speaks TLS: try `https://`.",
    "If the JSON breaks off or has other fields, the gateway or a proxy is at fault: report it with the error's `excerpt`.",
  ],
  why: `Almost always the base URL leads somewhere else, or something on the way answers in the gateway's place. A client may turn a redirected POST into a GET (${rfc9110("15.4.2")}), and one that follows hands the key to another address.`,
  sluice:
    "It makes one attempt. It follows no redirect. Of an answer with a status of 2xx that is no result, the first 200 characters are kept as `excerpt`, with the key taken out; since the gateway may have done the work, `mayHaveRun` is then true.",
  examples: [
    answer("go-livepeer", "a web server's default page", [
      "200 OK",
      types.html,
      "<html>\r\n<head><title>Welcome to nginx!</title></head>\r\n<body>\r\n<center><h1>Welcome to nginx!</h1></center>\r\n</body>\r\n</html>\r\n",
    ]),
    answer("go-livepeer", "a proxy that wants `https://`", [
      "301 Moved Permanently",
      types.html,
      "",
      { Location: "https://gateway.example/text-to-image" },
    ]),
    answer("go-livepeer", "a gateway whose JSON breaks off", ["200 OK", types.go, '{"images":[{"nsfw":false,']),
    broken("go-livepeer", "a port that speaks something else", {
      kind: "unreadable",
      status: null,
      reason: "what it sent is not HTTP",
    }),
    broken(
      "generic",
      "Sluice, for a download that is longer than it was to take",
      {
        kind: "unreadable",
        status: 200,
        reason: "its answer is longer than 67108864 bytes",
        limitBytes: 67_108_864,
      },
      { pipeline: "download" },
    ),
  ],
};

const token = (content: string): string =>
  `data: {"choices":[{"delta":{"content":${JSON.stringify(content)},"role":"assistant"},"finish_reason":"","index":0}],"created":1795348800,"id":"chatcmpl-0b7de1f4","model":"meta-llama/Meta-Llama-3.1-8B-Instruct"}\n\n`;

const llm = { subject: { pipeline: "llm", model: "meta-llama/Meta-Llama-3.1-8B-Instruct" } };

const truncated: Entry = {
  code: "SLUICE-502-STREAM-TRUNCATED",
  title: "The stream ended too early",
  happened: "A stream of tokens ended before the model had finished: a part of the text is missing.",
  you: [
    "Treat what came as incomplete: do not store or show it as the whole answer.",
    "Call again only if a second charge is acceptable, and discard what had come; a second answer has other words.",
    "If it happens after the same number of seconds each time, a proxy cuts long answers: raise its limit, or turn its buffering off.",
  ],
  why: `go-livepeer ends a stream with a chunk whose \`finish_reason\` is not empty, and sends no \`[DONE]\` (${goLivepeer("server/ai_mediaserver.go", "L344-L358")}). When a model fails in mid-stream, the status has long been 200; the connection then just ends. So a stream without that chunk, or \`[DONE]\`, has lost its rest, however cleanly it closed.`,
  sluice:
    "If not one piece of text had come, it tries once more, as after a 500. Otherwise it does not: a second answer would not continue the first. The llm pipeline is coming; today, `classify` already knows this failure.",
  examples: [
    answer(
      "go-livepeer",
      "a go-livepeer gateway whose model failed after two tokens",
      ["200 OK", types.events, token("A red") + token(" fox"), { "Cache-Control": "no-cache" }],
      llm,
    ),
    answer(
      "go-livepeer",
      "a go-livepeer gateway whose model failed before the first token",
      ["200 OK", types.events, "", { "Cache-Control": "no-cache" }],
      llm,
    ),
    broken(
      "go-livepeer",
      "a go-livepeer gateway whose connection broke in the middle of a token",
      {
        kind: "cut",
        status: 200,
        headers: { "content-type": types.events },
        body: new TextEncoder().encode(`${token("A red")}data: {"choices":[{"del`),
      },
      llm.subject,
    ),
  ],
};

export const answers: ReadonlyArray<Entry> = [inference, emptyResult, malformed, truncated];
