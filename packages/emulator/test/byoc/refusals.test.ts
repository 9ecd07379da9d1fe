/** What the gateway refuses before anybody runs a job: plain text, byte for byte, after byoc/job_gateway.go. */
import { startEmulator } from "@sluice/emulator";
import { assert, describe, it } from "vitest";
import { headerOf, headersOf, statusOf } from "../ask.ts";
import { encode, first, livepeer, second, submit, type Submission } from "./job.ts";

const unparsed = "Unable to parse job request, err=";
const timeless = `${unparsed}no timeout_seconds set with request, timeout_seconds is required`;
const field = "json: cannot unmarshal";

const table: ReadonlyArray<readonly [what: string, submission: Submission, text: string]> = [
  ["no header", { header: null }, `${unparsed}unexpected end of JSON input`],
  ["a header that is not base64", { header: "{}" }, `${unparsed}ErrorSegEncoding`],
  ["base64 without its padding", { header: encode("{}").replace("=", "") }, `${unparsed}ErrorSegEncoding`],
  ["base64 of the other alphabet", { header: "e30_" }, `${unparsed}ErrorSegEncoding`],
  ["half a JSON", { header: encode('{"capability":') }, `${unparsed}unexpected end of JSON input`],
  ["no JSON", { header: encode("mine") }, `${unparsed}invalid character 'm' looking for beginning of value`],
  [
    "more than one JSON",
    { header: encode('{"timeout_seconds":30} {}') },
    `${unparsed}invalid character '{' after top-level value`,
  ],
  ["a JSON array", { header: encode([]) }, `${unparsed}${field} array into Go value of type byoc.JobRequest`],
  ["null", { header: encode("null") }, timeless],
  ["no timeout", { header: livepeer({ timeout_seconds: undefined }) }, timeless],
  ["a timeout of 0", { header: livepeer({ timeout_seconds: 0 }) }, timeless],
  [
    "a timeout in a string",
    { header: livepeer({ timeout_seconds: "30" }) },
    `${unparsed}${field} string into Go struct field JobRequest.timeout_seconds of type int`,
  ],
  [
    "a timeout in half seconds",
    { header: livepeer({ timeout_seconds: 1.5 }) },
    `${unparsed}${field} number 1.5 into Go struct field JobRequest.timeout_seconds of type int`,
  ],
  [
    "a request that is not in a string",
    { header: livepeer({ request: { run: "it" } }) },
    `${unparsed}${field} object into Go struct field JobRequest.request of type string`,
  ],
  [
    "no request",
    { header: livepeer({ request: undefined }) },
    "Unable to unmarshal job request err=unexpected end of JSON input",
  ],
  [
    "a request that is not JSON",
    { header: livepeer({ request: "run" }) },
    "Unable to unmarshal job request err=invalid character 'r' looking for beginning of value",
  ],
  [
    "a request whose stream id is a number",
    { header: livepeer({ request: '{"stream_id":1}' }) },
    `Unable to unmarshal job request err=${field} number into Go struct field JobRequestDetails.stream_id of type string`,
  ],
  [
    "no parameters",
    { header: livepeer({ parameters: "" }) },
    "Unable to unmarshal job parameters err=unexpected end of JSON input",
  ],
  [
    "parameters with more behind them",
    { header: livepeer({ parameters: "{}," }) },
    "Unable to unmarshal job parameters err=invalid character ',' after top-level value",
  ],
  [
    "a flag that is none",
    { header: livepeer({}, { enable_data_output: "yes" }) },
    `Unable to unmarshal job parameters err=${field} string into Go struct field JobParameters.enable_data_output of type bool`,
  ],
  [
    "a list instead of a filter",
    { header: livepeer({}, { orchestrators: [first] }) },
    `Unable to unmarshal job parameters err=${field} array into Go struct field JobParameters.orchestrators of type byoc.JobOrchestratorsFilter`,
  ],
  [
    "a URL instead of a list",
    { header: livepeer({}, { orchestrators: { include: first } }) },
    `Unable to unmarshal job parameters err=${field} string into Go struct field JobOrchestratorsFilter.orchestrators.include of type []string`,
  ],
  [
    "a number among the URLs",
    { header: livepeer({}, { orchestrators: { exclude: [first, 2] } }) },
    `Unable to unmarshal job parameters err=${field} number into Go struct field JobOrchestratorsFilter.orchestrators.exclude of type string`,
  ],
  ["no capability", { header: livepeer({ capability: undefined }) }, "No orchestrators found for capability "],
  [
    "a capability that nobody has",
    { header: livepeer({ capability: "my-cap" }) },
    "No orchestrators found for capability my-cap",
  ],
  [
    "a capability in another case",
    { header: livepeer({ capability: "Mine" }) },
    "No orchestrators found for capability Mine",
  ],
  [
    "orchestrators that the gateway does not know",
    { header: livepeer({}, { orchestrators: { include: ["https://elsewhere.example"] } }) },
    "No orchestrators found for capability mine",
  ],
  [
    "nobody left",
    { header: livepeer({}, { orchestrators: { exclude: [first, second] } }) },
    "No orchestrators found for capability mine",
  ],
  [
    "a name that every object has",
    { header: livepeer({ capability: "constructor" }) },
    "No orchestrators found for capability constructor",
  ],
];

describe("a job that the gateway refuses", () => {
  for (const [what, submission, text] of table) {
    it(`is told so in plain text: ${what}`, async () => {
      await using emulator = await startEmulator({ byoc: { mine: {} } });
      const heard = await submit(emulator.url, submission);
      assert.strictEqual(heard.head[0], "HTTP/1.1 400 Bad Request");
      assert.strictEqual(heard.body.toString(), `${text}\n`);
      assert.strictEqual(headerOf(heard, "content-type"), "text/plain; charset=utf-8");
      assert.strictEqual(headerOf(heard, "x-content-type-options"), "nosniff");
      assert.deepStrictEqual(headersOf(heard), ["content-length", "content-type", "date", "x-content-type-options"]);
      assert.deepInclude(emulator.journal()[0], { status: 400, end: "answered" });
      assert.notProperty(emulator.journal()[0], "units");
    });
  }

  for (const method of ["GET", "PUT", "OPTIONS"]) {
    it(`is told that it may only POST: ${method}`, async () => {
      await using emulator = await startEmulator({ byoc: { mine: {} } });
      const heard = await submit(emulator.url, { method });
      assert.strictEqual(heard.head[0], "HTTP/1.1 405 Method Not Allowed");
      assert.strictEqual(heard.body.toString(), "Method not allowed\n");
    });
  }

  it("has a capability only where a setting names one", async () => {
    await using emulator = await startEmulator();
    const heard = await submit(emulator.url);
    assert.strictEqual(heard.body.toString(), "No orchestrators found for capability mine\n");
  });

  it("is no path of a gateway without the slash", async () => {
    await using emulator = await startEmulator({ byoc: { mine: {} } });
    assert.strictEqual(statusOf(await submit(emulator.url, { path: "/process/requests" })), 404);
  });
});
