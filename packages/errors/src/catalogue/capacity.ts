/** Pages about gateways that cannot take the call now: 429, and the six ways to say 503. */
import * as Duration from "effect/Duration";
import { recipes } from "../policy/RetryPolicy.ts";
import type { Entry } from "./Entry.ts";
import { answer, broken, types } from "./examples.ts";
import { goLivepeer, guide, issue, page, pull, rfc9110, studio } from "./sources.ts";

const warmModel =
  "For an answer at once, use a model that is documented as warm: for text-to-image `SG161222/RealVisXL_V4.0_Lightning`, which is Sluice's default.";

const spelling =
  "Check the model's id. It must match to the letter, case included: to a gateway, a misspelt id is a model that nobody has.";

const ownPool =
  "If the gateway is yours, ask it who has the model, warm or not: `curl -s http://127.0.0.1:5935/getNetworkCapabilities`.";

const nginx = (title: string): string =>
  `<html>\r\n<head><title>${title}</title></head>\r\n<body>\r\n<center><h1>${title}</h1></center>\r\n<hr><center>nginx/1.22.1</center>\r\n</body>\r\n</html>\r\n`;

const rateLimited: Entry = {
  code: "SLUICE-429-RATE-LIMITED",
  title: "Too many requests",
  happened: "The gateway answered 429: more requests came from this account or address than it takes in that time.",
  you: [
    "If the error has `retryAt`, come back then; an earlier call is refused as well.",
    "Let fewer calls run at once. Every program that uses a key of the same account counts.",
    "Ask the gateway's operator for a higher limit, or spread the calls over several gateways.",
  ],
  why: `Studio lets an account make 20 calls in 60 s, over all its keys and pipelines, unless its operator sets another number (${studio("parse-cli.ts", "L416-L421")}). A call counts once it has been answered, so a burst passes and the refusals come after it (${studio("controllers/generate.ts", "L38-L68")}). go-livepeer has no limit of its own: in front of one, a 429 is a proxy's, often without \`Retry-After\`.`,
  sluice: `It waits exactly as long as the gateway asks for, and then tries again. Less than a second only lengthens its own wait, so that \`Retry-After: 0\` starts no storm. If the wait would outlast the call's deadline, the call fails at once and \`retryAt\` says when to come back. Without a wish it draws each wait anew (full jitter), so that callers who were refused together do not return together. The first that can be read counts: \`retry-after-ms\`, \`Retry-After\` (${rfc9110("10.2.3")}), \`RateLimit-Reset\`.`,
  examples: [
    answer("studio", "Studio, which says how long to wait", [
      "429 Too Many Requests",
      types.express,
      '{"errors":["Too many AI requests"]}',
      { "Retry-After": "17" },
    ]),
    answer("go-livepeer", "a proxy that does not say how long", [
      "429 Too Many Requests",
      types.html,
      nginx("429 Too Many Requests"),
    ]),
    answer("go-livepeer", "a proxy that asks for more time than the call has", [
      "429 Too Many Requests",
      types.text,
      "quota exceeded\n",
      { "Retry-After": "3600" },
    ]),
  ],
};

const cold: Entry = {
  code: "SLUICE-503-COLD",
  title: "The model is cold",
  happened:
    "The gateway answered 503: no orchestrator has the model in memory, or those that have it are busy. It is usually loading, which takes from 30 s to several minutes. That is normal, and no fault of yours.",
  you: [
    "Usually nothing: Sluice waits. Leave the call the time for it; 300 s is the default (`timeoutMs`, `--timeout`).",
    warmModel,
    spelling,
    `${ownPool} A longer \`-aiProcessingRetryTimeout\` (2 s unless you set it) lets it look for an orchestrator longer before it answers 503.`,
  ],
  why: `A model that nobody has used for a while is unloaded, and the next request loads it (${guide("troubleshooting", "Livepeer's troubleshooting guide")}). go-livepeer tries its orchestrators for 2 s (${goLivepeer("cmd/livepeer/starter/starter.go", "L254")}), then answers 503 with fixed words that name no reason (${goLivepeer("server/handlers.go", "L1717-L1728")}), and without \`Retry-After\`. It may also hold the request while the model loads; then there is no 503, only a long wait.`,
  sluice: `It waits for the model, to the call's deadline. Attempts come quickly at first and then in proportion to the time that has passed, so that a warm model is noticed soon whether it needed 5 s or 240 s; the last one begins ${Duration.toSeconds(recipes.cold.lastChance)} s before the deadline. Each caller's attempts are moved by one draw, so that many callers do not ask at the same moment. A 503 is an answer without work: nothing is billed for it.`,
  settings: [{ options: { temperature: "warm" }, when: "when you know that the model is warm, and so only busy" }],
  examples: [
    answer("go-livepeer", "a go-livepeer gateway while the model loads", [
      "503 Service Unavailable",
      types.go,
      '{"error":{"message":"Service Unavailable Error"}}\n',
    ]),
    answer("go-livepeer", "a proxy that says when to come back", [
      "503 Service Unavailable",
      types.html,
      nginx("503 Service Temporarily Unavailable"),
      { "Retry-After": "30" },
    ]),
  ],
};

const closed: Entry = {
  code: "SLUICE-503-CLOSED",
  title: "The gateway closed the connection without an answer",
  happened:
    "The request was sent, and the connection closed without one byte of an answer. From a go-livepeer gateway that means that no orchestrator takes the request: the model is not there, is misspelt, or costs more than the gateway may pay.",
  you: [
    spelling,
    "Try the pipeline's documented warm model. If that works, no orchestrator has yours at the moment: wait, or use another model or gateway.",
    "If the gateway is yours, look for `no orchestrators` or `panic` in its log, and compare `-maxPricePerCapability` and `-maxPricePerUnit` with what orchestrators ask.",
    ownPool,
  ],
  why: `Where go-livepeer means to say 503, its versions up to 0.9.1 trip over a nil pointer, and Go's server closes the socket (${goLivepeer("server/ai_process.go", "L1585-L1603")}). It is reported for a model without orchestrators (${issue("go-livepeer", 3867)}) and for orchestrators that are all above the price cap (${issue("go-livepeer", 3917)}); the fix, ${pull("go-livepeer", 3939)}, is open. \`curl\` says \`(52) Empty reply from server\`. Behind nginx the same thing shows as a 502: ${page("SLUICE-503-PROXY")}.`,
  sluice: `It takes this as a 503, but is patient for about a minute only: a misspelt id never gets better. From other gateways a closed connection proves nothing of the kind, nor does one that closes more than 10 s after the request, long after go-livepeer's search for orchestrators: the same event is then ${page("SLUICE-502-OUTCOME-UNKNOWN")}, which is not repeated.`,
  examples: [
    broken("go-livepeer", "a go-livepeer gateway that has no orchestrator for the request", { kind: "closed" }),
  ],
};

const empty: Entry = {
  code: "SLUICE-503-EMPTY",
  title: "The gateway answered 200 with nothing in it",
  happened:
    "The gateway answered 200, but the body is `null` or empty. From go-livepeer that means that every orchestrator it tried has failed.",
  you: [
    spelling,
    "Check the input: an image that is no PNG, JPEG or GIF, or a recording that is damaged, fails at every orchestrator.",
    "Try the pipeline's documented warm model. If that works, wait, or use another model or gateway.",
    "If the gateway is yours, its log names each orchestrator's error.",
  ],
  why: `When the last orchestrator has failed, go-livepeer is left with a typed nil pointer, which it takes for a result: audio-to-text, image-to-text and segment-anything-2 then write it as \`null\` under status 200 (${goLivepeer("server/ai_process.go", "L1585-L1606")}). Its BYOC route writes nothing at all when all have failed (${goLivepeer("byoc/job_gateway.go", "L66-L110")}). An empty 200 is also its answer to every method but POST (${goLivepeer("server/ai_mediaserver.go", "L75-L77")}).`,
  sluice:
    "It never takes this for a success. It is patient for about a minute: other orchestrators may join, but a misspelt id or a bad input never gets better.",
  examples: [
    answer("go-livepeer", "a go-livepeer gateway whose orchestrators all failed", ["200 OK", types.go, "null\n"], {
      subject: { pipeline: "image-to-text", model: "Salesforce/blip-image-captioning-large" },
    }),
    answer("go-livepeer", "a go-livepeer gateway with nothing to say", ["200 OK", "", "", { "Content-Length": "0" }]),
  ],
};

const masked: Entry = {
  code: "SLUICE-503-MASKED",
  title: "Studio hides what failed",
  happened:
    "Studio answered 500 because the gateway behind it failed, and it does not say how. A cold model looks exactly like this; so does a crash.",
  you: [
    "Usually nothing: Sluice waits, as for a cold model. Leave the call the time for it; 300 s is the default (`timeoutMs`, `--timeout`).",
    warmModel,
    spelling,
    "If documented warm models fail too, look at https://status.livepeer.studio, or use another gateway.",
    "If a repeat must not be billed twice, allow fewer retries, as shown below.",
  ],
  why: `For everyone but admins, Studio turns every status of 500 and above from the gateway behind it into one 500, \`Failed to generate <pipeline>\` (${studio("controllers/generate.ts", "L237-L240")}), so its users never see a 503. A socket that the gateway closes becomes \`Internal server error: FetchError\` (${studio("middleware/errorHandler.ts", "L24-L30")}).`,
  sluice: `It cannot tell a cold model from a crash, so it waits to the deadline as for ${page("SLUICE-503-COLD")}. Since a crash may be billed all the same, \`mayHaveRun\` is true.`,
  settings: [
    { options: { cold: { retries: 1 } }, when: "at most one retry, for 503 as well" },
    { options: { temperature: "warm" }, when: "when you know that the model is warm" },
  ],
  examples: [
    answer("studio", "Studio, when the gateway behind it answers 500 or more", [
      "500 Internal Server Error",
      types.express,
      '{"errors":["Failed to generate text-to-image"]}',
    ]),
    answer("studio", "Studio, when the gateway behind it closes the connection", [
      "500 Internal Server Error",
      types.express,
      '{"errors":["Internal server error: FetchError"]}',
    ]),
    answer("studio", "Studio, when the gateway behind it does not answer within 10 minutes", [
      "500 Internal Server Error",
      types.express,
      '{"errors":["Internal server error: undefined"]}',
    ]),
  ],
};

const noOrchestrator: Entry = {
  code: "SLUICE-503-NO-ORCHESTRATOR",
  title: "No orchestrator offers the capability now",
  happened:
    "The gateway answered 400 and says that it found no orchestrator for this capability: nobody offers it, or all who do are busy.",
  you: [
    "Check the capability's name. It must match what orchestrators register, to the letter.",
    "If the name is right, wait: a capability at its limit looks the same.",
    "If the containers are yours, look whether they run, are registered, and have free capacity.",
  ],
  why: `On go-livepeer's BYOC routes (bring your own container), an orchestrator without free capacity is left out of the list, so a capability that is busy gets the same 400 as one that does not exist (${goLivepeer("byoc/job_gateway.go", "L286-L293")}).`,
  sluice:
    "Although it is a 400, the request need not change, so Sluice tries again. It is patient for about a minute: a name that nobody offers never gets better. It reads these words from every gateway but an ai-runner; calls to BYOC capabilities themselves are coming.",
  examples: [
    answer(
      "go-livepeer",
      "a go-livepeer gateway, for a BYOC capability that nobody has free",
      [
        "400 Bad Request",
        types.text,
        "No orchestrators found for capability my-capability\n",
        { "X-Content-Type-Options": "nosniff" },
      ],
      { subject: { pipeline: "my-capability", model: "my-capability" } },
    ),
  ],
};

const proxy: Entry = {
  code: "SLUICE-503-PROXY",
  title: "A proxy got no answer from the gateway",
  happened:
    "A proxy in front of the gateway answered in its place (502, 504, or one of Cloudflare's 52x): the gateway closed the connection, could not be reached, or took longer than the proxy waits.",
  you: [
    "504 and 524: the proxy gives up before the model has loaded. If it is yours, let it wait 300 s or more (nginx: `proxy_read_timeout 300s;`, whose default is 60 s).",
    `502, again and again: it is most likely what ${page("SLUICE-503-CLOSED")} describes. Check the model's id, then the gateway's log.`,
    "521, 522, 523: the proxy cannot reach the gateway. Check that it runs, and at which address.",
    warmModel,
  ],
  why: `A proxy answers 502 when the gateway closes the connection, as go-livepeer does when it has no orchestrator, and 504 when no answer comes in time (${rfc9110("15.6.3")} and §15.6.5), while go-livepeer may hold a request for minutes until a model has loaded. 520 to 524 and 530 are Cloudflare's own names for the same.`,
  sluice:
    "It tries again for about a minute. After 504, 520 and 524 the gateway had the request and may have done the work, so `mayHaveRun` is true. The proxy's page is never shown.",
  settings: [{ options: { noCapacity: "never" }, when: "no repeat, for a closed connection or an empty 200 as well" }],
  examples: [
    answer("go-livepeer", "a proxy (nginx), when the gateway closed the connection", [
      "502 Bad Gateway",
      types.html,
      nginx("502 Bad Gateway"),
    ]),
    answer("go-livepeer", "a proxy (nginx), when the gateway took longer than it waits", [
      "504 Gateway Time-out",
      types.html,
      nginx("504 Gateway Time-out"),
    ]),
    answer("studio", "Cloudflare, when the gateway took longer than it waits", [
      "524 A Timeout Occurred",
      "text/html; charset=UTF-8",
      "<!DOCTYPE html>\n<html>\n<head><title>livepeer.studio | 524: A timeout occurred</title></head>\n<body>…</body>\n</html>\n",
      { Server: "cloudflare", "CF-RAY": "8f3c1d2e4a5b6c7d-FRA" },
    ]),
  ],
};

export const capacity: ReadonlyArray<Entry> = [rateLimited, cold, closed, empty, masked, noOrchestrator, proxy];
