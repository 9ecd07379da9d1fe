/** Pages about the key and who pays: 401, 402 from a gateway, 403. */
import type { Entry } from "./Entry.ts";
import { answer, exampleKey, types } from "./examples.ts";
import { goLivepeer, guide, page, rfc9110, runner, studio } from "./sources.ts";

const unauthorized: Entry = {
  code: "SLUICE-401-UNAUTHORIZED",
  title: "The API key is not accepted",
  happened:
    "The gateway, or a proxy in front of it, answered 401: it received no API key, or none that it knows. Nothing is wrong with the request itself.",
  you: [
    "Set `LIVEPEER_API_KEY` (in a program: `apiKey`) to a backend key of the gateway that you call. Another gateway's key does not work here.",
    "Compare it with what the gateway issued: the bare key, without quotes, spaces or `Bearer` in front. Sluice writes the header itself: `Authorization: Bearer <key>`.",
    `If it worked before, the key was deleted or replaced. Create a new one; in Studio, under Settings > API Keys (${guide("authentication", "Livepeer's guide")}).`,
    "If a proxy of your own stands in between, check that it passes `Authorization` on, and what key it wants itself.",
  ],
  why: `Studio looks the key up and says \`no token <the key> found\`, so the key stands in the body (${studio("middleware/auth.ts", "L136")}). A header that it cannot read, such as \`Bearer: <key>\` with a colon, counts as none (L35-L43 of the same file). go-livepeer takes no key at all and never answers 401; in front of one, it comes from its operator's proxy. An ai-runner that is called directly compares the key with its \`AUTH_TOKEN\` (${runner("routes/text_to_image.py", "L169-L176")}).`,
  sluice:
    "It makes one attempt: the same key gets the same answer. The key is taken out of the body before anything of it is kept, whether it is plain, percent-encoded, escaped or in base64, so the error is safe to log. A key is sent to gateways that use one, and to no other host: not to `livepeer-cloud`, and not to another server that a result's file is on.",
  examples: [
    answer("studio", "Studio, for a key that it does not know", [
      "401 Unauthorized",
      types.express,
      `{"errors":["no token ${exampleKey} found"]}`,
    ]),
    answer("studio", "Studio, when it finds no key in the request", [
      "401 Unauthorized",
      types.express,
      '{"errors":["request is not authenticated"]}',
    ]),
    answer("studio", "Studio, for a key under another scheme than `Bearer`", [
      "401 Unauthorized",
      types.express,
      '{"errors":["unsupported authorization header scheme: Token"]}',
    ]),
    answer("runner", "an ai-runner with an `AUTH_TOKEN`", [
      "401 Unauthorized",
      types.fastApi,
      '{"detail":{"msg":"Invalid bearer token."}}',
      { "WWW-Authenticate": "Bearer" },
    ]),
  ],
};

const payment: Entry = {
  code: "SLUICE-402-PAYMENT",
  title: "The gateway wants to be paid first",
  happened: "The gateway answered 402: it does not run the pipeline before it has been paid.",
  you: [
    "If the key belongs to a provider that bills you, add credit to its account, then call again.",
    "If the address is an orchestrator's live runner, call it through a gateway that pays for you. Sluice does not pay with tickets.",
    "Or choose another gateway (`SLUICE_GATEWAY`, `-g`).",
  ],
  why: `A live runner with a price answers 402 to a request that brings no ticket (${goLivepeer("server/ai_http.go", "L394-L416")}). Providers that bill an account use 402 when it is empty. go-livepeer's batch pipelines and Studio never answer it: there, the gateway's operator pays the orchestrators.`,
  sluice: `It makes one attempt. What you allow a call to cost is another matter: a call above that limit is not sent, as ${page("SLUICE-402-PRICE")}.`,
  examples: [
    answer("generic", "a provider whose account is empty (each one words it differently; the status decides)", [
      "402 Payment Required",
      types.go,
      '{"error":{"message":"insufficient credit"}}',
    ]),
  ],
};

const forbidden: Entry = {
  code: "SLUICE-403-FORBIDDEN",
  title: "The key may not do this",
  happened:
    "The gateway answered 403: it knows the key, but the key's rules, its account or the place of the call do not allow this pipeline. Or a firewall answered in its place.",
  you: [
    "Read the message: it names the cause where the gateway says one, and `reason` has it for programs.",
    "`cors-key`: use a backend key, on a server. A page in a browser needs a server of yours that holds the key.",
    "`cors-origin`: call from an origin that the key lists, or use a backend key on a server.",
    "`privileges`: allow `/generate` in the key's access rules, or use a key without rules.",
    "`suspended`, `unverified`: settle it for the account; another key of the same account fails alike.",
    "`proxy`: ask whoever runs the proxy or firewall to let API calls through, and check the base URL.",
  ],
  why: `Studio's CORS-enabled keys have a list of allowed routes, and \`/generate\` is not on it, so such a key cannot generate anything unless it has rules of its own (${studio("middleware/auth.ts", "L272-L320")}). Suspended accounts, and those whose e-mail address is not verified, get 403 too. go-livepeer's batch pipelines never answer 403; a web page with this status comes from a firewall or a bot check. A 403 is not about who calls, but about what they may do (${rfc9110("15.5.4")}).`,
  sluice: "It makes one attempt: the same key gets the same answer until someone changes its rights.",
  examples: [
    answer("studio", "Studio, for a CORS-enabled key with its default rules", [
      "403 Forbidden",
      types.express,
      '{"errors":["access forbidden for CORS-enabled API key with restricted access"]}',
    ]),
    answer("studio", "Studio, for a CORS-enabled key from an origin that it does not list", [
      "403 Forbidden",
      types.express,
      '{"errors":["credential disallows CORS access from origin https://shop.example"]}',
    ]),
    answer("studio", "Studio, for a key whose rules do not include the pipeline", [
      "403 Forbidden",
      types.express,
      '{"errors":["credential has insufficent privileges"]}',
    ]),
    answer("studio", "Studio, for a suspended account", [
      "403 Forbidden",
      types.express,
      '{"errors":["user is suspended"]}',
    ]),
    answer("studio", "Studio, for an account whose e-mail address is not verified", [
      "403 Forbidden",
      types.express,
      '{"errors":["user ada@example.com has not been verified. please check your inbox for verification email."]}',
    ]),
    answer("go-livepeer", "a firewall in front of the gateway", [
      "403 Forbidden",
      types.html,
      "<html>\r\n<head><title>403 Forbidden</title></head>\r\n<body>\r\n<center><h1>403 Forbidden</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n",
    ]),
  ],
};

export const key: ReadonlyArray<Entry> = [unauthorized, payment, forbidden];
