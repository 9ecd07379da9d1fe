import { describe, expect, it } from "@effect/vitest";
import { classify } from "../../src/index.ts";
import { goLivepeer, image } from "../bodies.ts";
import { answer, errorOf, seen } from "../wire.ts";

describe("a go-livepeer gateway", () => {
  it("answers 200 with images: a success, left to be decoded", () => {
    expect(classify("go-livepeer", seen(answer(200, image)))).toBe("success");
  });

  it("F1: answers 503 while a model loads, which is cold", () => {
    expect(errorOf("go-livepeer", answer(503, goLivepeer.unavailable))).toMatchObject({
      _tag: "ColdOrNoCapacity",
      code: "SLUICE-503-COLD",
      signal: "unavailable",
      status: 503,
      retryable: true,
      mayHaveRun: false,
    });
  });

  it("F2: closes the socket without a byte when no orchestrator takes the request", () => {
    expect(errorOf("go-livepeer", { kind: "closed" })).toMatchObject({
      _tag: "ColdOrNoCapacity",
      code: "SLUICE-503-CLOSED",
      signal: "closed",
      status: null,
    });
  });

  it.each([
    ["F3: 200 null", goLivepeer.empty],
    ["F13: 200 with no body", ""],
    ["200 with nothing but space", " \r\n\t"],
    ["200 null between spaces", "  null  "],
  ])("%s has no result, so it is no success", (_, body) => {
    expect(errorOf("go-livepeer", answer(200, body))).toMatchObject({
      _tag: "ColdOrNoCapacity",
      code: "SLUICE-503-EMPTY",
      signal: "empty",
      status: 200,
    });
  });

  it("F13: an answer with status 204 has no result either", () => {
    expect(errorOf("go-livepeer", answer(204))).toMatchObject({ code: "SLUICE-503-EMPTY", status: 204 });
  });

  it("F4: answers 500 when the inference failed", () => {
    expect(errorOf("go-livepeer", answer(500, goLivepeer.internal))).toMatchObject({
      _tag: "InferenceFailed",
      code: "SLUICE-500-INFERENCE",
      status: 500,
      detail: "Internal Server Error",
      mayHaveRun: true,
    });
  });

  it("F5: passes a runner's complaint on, whose leading colon is dropped", () => {
    expect(errorOf("go-livepeer", answer(400, goLivepeer.prompt))).toMatchObject({
      _tag: "InvalidRequest",
      code: "SLUICE-422-INVALID-REQUEST",
      status: 400,
      fields: [{ path: "", message: "Prompt must be provided." }],
      message: "my-gateway refused this text-to-image request: Prompt must be provided.",
      retryable: false,
    });
  });

  it("repeats Go's own words for a body that does not decode", () => {
    expect(errorOf("go-livepeer", answer(400, goLivepeer.width)).message).toContain(
      "json: cannot unmarshal string into Go struct field TextToImageParams.width of type int",
    );
  });

  it("F12: answers an unknown path with plain text", () => {
    expect(errorOf("go-livepeer", answer(404, goLivepeer.notFound))).toMatchObject({
      _tag: "PipelineNotOffered",
      code: "SLUICE-404-PIPELINE",
      url: "http://127.0.0.1:8937/text-to-image",
    });
  });

  it("F14: answers 410 once it has retired the pipeline, whatever the body", () => {
    for (const body of ["", "gone", '{"error":{"message":"use the live runner"}}', "<html></html>"]) {
      expect(errorOf("go-livepeer", answer(410, body))).toMatchObject({
        _tag: "PipelineRetired",
        code: "SLUICE-410-RETIRED",
        retryable: false,
      });
    }
  });

  it("is not Studio: what Studio says of a masked failure is a true 500 here", () => {
    const error = errorOf("go-livepeer", answer(500, '{"errors":["Failed to generate text-to-image"]}'));
    expect(error).toMatchObject({ _tag: "InferenceFailed", detail: "Failed to generate text-to-image" });
  });
});
