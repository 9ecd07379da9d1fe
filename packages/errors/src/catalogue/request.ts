/** Pages about what was asked, and where: 404, 410, 413, 415, and 422 with its likes. */
import { InvalidRequest } from "../failures/InvalidRequest.ts";
import type { Entry } from "./Entry.ts";
import { answer, broken, made, subject, types } from "./examples.ts";
import { goLivepeer, page, pull, rfc9110, runner, studio } from "./sources.ts";

const notOffered: Entry = {
  code: "SLUICE-404-PIPELINE",
  title: "The gateway does not offer the pipeline",
  happened:
    "Nothing answers at the pipeline's address (404, 405 or 501): the gateway does not have the pipeline, or the base URL is not the gateway's.",
  you: [
    "Read `url` in the error: it is what was called. The base URL ends where the pipeline's name begins: for Studio, `https://livepeer.studio/api/beta/generate`.",
    "Correct `SLUICE_GATEWAY_URL`, `SLUICE_GATEWAY` or `-g` (in a program: `gatewayUrl`, `gateway`).",
    "If the address is right, choose a gateway that has the pipeline. Studio has neither image-to-text nor text-to-speech.",
  ],
  why: `go-livepeer registers its pipelines under exact paths, so any other path gets the \`404 page not found\` of Go's router (${goLivepeer("server/ai_mediaserver.go", "L83-L93")}). Studio answers \`not found\` for pipelines that it lacks (${studio("controllers/generate.ts", "L253-L259")}). A Studio without a gateway behind it answers 500. 405 and 501 come from servers that are no gateway.`,
  sluice: "It makes one attempt: an address does not change by itself.",
  examples: [
    answer("go-livepeer", "a go-livepeer gateway, for a path that it does not have", [
      "404 Not Found",
      types.text,
      "404 page not found\n",
      { "X-Content-Type-Options": "nosniff" },
    ]),
    answer(
      "studio",
      "Studio, for a pipeline that it does not have",
      ["404 Not Found", types.express, '{"errors":["not found"]}'],
      { subject: { pipeline: "text-to-speech", model: "parler-tts/parler-tts-large-v1" } },
    ),
    answer("studio", "Studio, when its operator has set no gateway behind it", [
      "500 Internal Server Error",
      types.express,
      '{"errors":["AI Gateway URL is not set"]}',
    ]),
    answer("generic", "a web server that takes no POST there", ["405 Method Not Allowed", "", "", { Allow: "GET" }]),
  ],
};

const retired: Entry = {
  code: "SLUICE-410-RETIRED",
  title: "The gateway has retired the pipeline",
  happened: "The gateway answered 410 Gone: it had the pipeline once, and has removed it for good.",
  you: [
    "Choose a gateway that still has the pipeline (`SLUICE_GATEWAY`, `-g`).",
    "If the gateway is yours, go-livepeer 0.9.1 still has the batch pipelines; upgrade when you have moved.",
    `Plan the move: Livepeer's successor is the live runner (${goLivepeer("doc/live-runner.md")}).`,
  ],
  why: `Livepeer is retiring its nine batch pipelines, text-to-image among them, in favour of the live runner. Their container, ai-runner, was archived in August 2026 (${pull("ai-runner", 904)}), and ${pull("go-livepeer", 4036)} makes every batch route answer 410; a gateway that is upgraded past it has none of them. By HTTP's definition a 410 is likely to be permanent (${rfc9110("15.5.11")}).`,
  sluice: "It makes one attempt, whatever the body says: no wait brings the pipeline back.",
  examples: [
    answer("go-livepeer", "a go-livepeer gateway without batch pipelines (its words may differ; the status decides)", [
      "410 Gone",
      types.go,
      '{"error":{"message":"text-to-image has been removed"}}\n',
    ]),
  ],
};

const tooLarge: Entry = {
  code: "SLUICE-413-TOO-LARGE",
  title: "The request is too large",
  happened: "The gateway, or a proxy in front of it, does not take a request or a file of this size.",
  you: [
    "Send less: scale an image down, cut a recording into pieces, shorten a prompt.",
    "Know the limits: Studio takes files up to 10 MiB and JSON up to 100 kB, ai-runner files up to 50 MiB.",
    "If a proxy of yours says so, raise its limit. nginx has 1 MB unless `client_max_body_size` says otherwise.",
  ],
  why: `Studio's limit for files is in ${studio("controllers/generate.ts", "L27")}; above it, it answers 422 \`File too large\`, not 413. For JSON it has the default of Express's body-parser (${studio("app-router.ts", "L230")}). ai-runner answers 413 for a recording above its limit (${runner("routes/audio_to_text.py", "L137-L141")}); through a go-livepeer gateway that ends as a 503 or a closed socket instead.`,
  sluice:
    "It makes one attempt. Only an extremely long prompt gets here with text-to-image, the pipeline that Sluice calls today; the ones that take files are coming.",
  examples: [
    answer("studio", "Studio, for a JSON request above 100 kB", [
      "413 Payload Too Large",
      types.express,
      '{"errors":["request entity too large"]}',
    ]),
    answer(
      "studio",
      "Studio, for a file above 10 MiB",
      ["422 Unprocessable Entity", types.express, '{"errors":["File too large"]}'],
      { subject: { pipeline: "image-to-image", model: "timbrooks/instruct-pix2pix" } },
    ),
    answer(
      "runner",
      "an ai-runner, for a recording above 50 MiB",
      ["413 Request Entity Too Large", types.fastApi, '{"detail":{"msg":"File size exceeds limit."}}'],
      { subject: { pipeline: "audio-to-text", model: "openai/whisper-large-v3" } },
    ),
    answer("go-livepeer", "a proxy (nginx) in front of a gateway", [
      "413 Request Entity Too Large",
      types.html,
      "<html>\r\n<head><title>413 Request Entity Too Large</title></head>\r\n<body>\r\n<center><h1>413 Request Entity Too Large</h1></center>\r\n<hr><center>nginx/1.22.1</center>\r\n</body>\r\n</html>\r\n",
    ]),
  ],
};

const unsupported: Entry = {
  code: "SLUICE-415-UNSUPPORTED-MEDIA",
  title: "The gateway cannot read the format",
  happened: "The gateway does not understand the format of the request, or of a file in it.",
  you: [
    "Convert the file: images to PNG, JPEG or GIF; audio to WAV, MP3, FLAC, M4A, MP4 or WebM.",
    "Check that the file is whole and is what its name says: play or open it.",
    "If you build the request yourself, send files as `multipart/form-data`, with a file name.",
  ],
  why: `go-livepeer decodes PNG, JPEG and GIF, and nothing else (${goLivepeer("ai/worker/b64.go", "L6-L9")}); it wants files as multipart, and so does Studio (${studio("middleware/validators.ts", "L29-L33")}). ai-runner answers 415 for audio that it cannot decode (${runner("routes/audio_to_text.py", "L27-L38")}). Beware: an image that go-livepeer cannot decode does not get a 415. It ends as ${page("SLUICE-503-CLOSED")}.`,
  sluice:
    "It makes one attempt. text-to-image, the pipeline that Sluice calls today, sends JSON, which every gateway reads; the pipelines that take files are coming.",
  examples: [
    answer(
      "runner",
      "an ai-runner, for audio that it cannot decode",
      ["415 Unsupported Media Type", types.fastApi, '{"detail":{"msg":"Unsupported audio format or malformed file."}}'],
      { subject: { pipeline: "audio-to-text", model: "openai/whisper-large-v3" } },
    ),
    answer(
      "go-livepeer",
      "a go-livepeer gateway, for a file that was not sent as multipart",
      ["400 Bad Request", types.go, `{"error":{"message":"request Content-Type isn't multipart/form-data"}}\n`],
      { subject: { pipeline: "upscale", model: "stabilityai/stable-diffusion-x4-upscaler" } },
    ),
    answer(
      "studio",
      "Studio, for a file that was not sent as multipart",
      ["422 Unprocessable Entity", types.express, '{"errors":["Expected multipart/form-data content-type"]}'],
      { subject: { pipeline: "upscale", model: "stabilityai/stable-diffusion-x4-upscaler" } },
    ),
  ],
};

const ajv = (error: object): string => JSON.stringify({ errors: [JSON.stringify(error)] });

const invalid: Entry = {
  code: "SLUICE-422-INVALID-REQUEST",
  title: "The request must change",
  happened:
    "A field of the request is missing, wrong or unknown. Sluice found it before anything was sent (`status` is `null`), or the gateway refused the request (`status` is 400, 422 or the like).",
  you: [
    "Read `fields`: each mistake has a `path`, a `message` and, where Sluice knows it, what was `sent`. Change those fields, then call again.",
    "Use the gateway's own names: `num_inference_steps`, not `steps`. A field that nobody knows is refused.",
    'Send numbers as numbers (`1024`, not `"1024"`), and sides as multiples of 8 from 64 to 4096.',
    "If `path` is empty, the gateway did not name a field: compare the request with the pipeline's fields (`npm run -s sluice -- generate text-to-image --help`).",
  ],
  why: `Sluice checks every field first. What only the gateway knows, each one says in its own way: go-livepeer with 400 and the words of Go's JSON decoder, or with a runner's words behind \`: \` (${goLivepeer("server/ai_process.go", "L66-L88")}); Studio with 422 and each mistake as JSON within a string (${studio("middleware/validators.ts", "L13-L17")}); ai-runner with 400 or 422. A go-livepeer gateway never answers 422: what a runner refuses so ends as a 503 or a closed socket.`,
  sluice:
    "It makes one attempt, or none: the same request gets the same answer. Prompts and other texts for a model appear by their length alone, so the error is safe to log.",
  examples: [
    made(
      "Sluice itself, for a side that is no multiple of 8; nothing was sent",
      () =>
        new InvalidRequest({
          ...subject,
          status: null,
          fields: [{ path: "width", message: "invalid number: must be a multiple of 8", sent: "1001" }],
        }),
    ),
    answer(
      "studio",
      "Studio, for a number that was sent as text",
      [
        "422 Unprocessable Entity",
        types.express,
        ajv({
          instancePath: "/width",
          schemaPath: "#/properties/width/type",
          keyword: "type",
          params: { type: "integer" },
          message: "must be integer",
        }),
      ],
      { input: { prompt: "a red fox in snow", width: "1024" } },
    ),
    answer(
      "go-livepeer",
      "a go-livepeer gateway, for a number that was sent as text",
      [
        "400 Bad Request",
        types.go,
        '{"error":{"message":"json: cannot unmarshal string into Go struct field TextToImageParams.width of type int"}}\n',
      ],
      { input: { prompt: "a red fox in snow", width: "1024" } },
    ),
    answer("go-livepeer", "a go-livepeer gateway that passes on a runner's words", [
      "400 Bad Request",
      types.go,
      '{"error":{"message":": Prompt must be provided."}}\n',
    ]),
    answer(
      "runner",
      "an ai-runner, for a field that is missing",
      [
        "422 Unprocessable Entity",
        types.fastApi,
        '{"detail":[{"loc":["body","prompt"],"msg":"Field required","type":"missing"}]}',
      ],
      { input: {} },
    ),
    broken(
      "go-livepeer",
      "Sluice itself, for a file that was changed while it was sent",
      { kind: "unfinished" },
      { pipeline: "upscale", model: "stabilityai/stable-diffusion-x4-upscaler" },
    ),
  ],
};

export const request: ReadonlyArray<Entry> = [notOffered, retired, tooLarge, unsupported, invalid];
