/** A file to be priced: what its header says, and everything else that a call with it would be refused for. */
import { InvalidRequest } from "@sluice/errors";
import { type GatewayProfile, type GatewayTraits, pipelines, prepare, readMedia } from "@sluice/models";
import type { Job } from "@sluice/pricing";
import * as Effect from "effect/Effect";
import { openAsBlob } from "node:fs";
import { failed } from "../failures/Failed.ts";

export const factsOfFile = ({ pipeline, request }: Job, gateway: GatewayTraits, path: string) =>
  Effect.gen(function* () {
    const taken = pipelines[pipeline];
    if (!("fileField" in taken)) {
      return yield* failed("SLUICE-USAGE", { message: `${pipeline} takes no file`, fix: "Leave --file out." });
    }
    const file = yield* Effect.tryPromise({
      try: () => openAsBlob(path),
      catch: (error) =>
        failed("SLUICE-USAGE", {
          message: `"${path}" cannot be read: ${error instanceof Error ? error.message : String(error)}`,
          fix: "Give --file the path of a file.",
        }),
    });
    // What a call needs besides does not count in its price.
    const prompt = "prompt" in shapeOf(pipeline) ? { prompt: "a picture" } : {};
    const input = { ...request, ...prompt, [taken.fileField]: file } as never;
    const facts = yield* Effect.promise(() => readMedia(pipeline, input));
    const prepared = prepare(pipeline, input, { profile: gateway as GatewayProfile, facts });
    if (prepared.ok) return facts;
    const fields = prepared.findings.map(({ path: field, message, fix }) => ({ path: field, message, fix }));
    return yield* new InvalidRequest({ gateway: gateway.name, pipeline, status: null, fields });
  });

const shapeOf = (pipeline: Job["pipeline"]): object => {
  const { input } = pipelines[pipeline];
  return "shape" in input ? input.shape : input.in.shape;
};
