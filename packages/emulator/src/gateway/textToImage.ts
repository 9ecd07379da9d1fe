/** text-to-image as a go-livepeer gateway does it, order of checks included. */
import * as Effect from "effect/Effect";
import type { Dice } from "../dice.ts";
import type { Models } from "../Models.ts";
import { goError, hangUp, json, type Reply, serviceUnavailable } from "../Reply.ts";
import type { FileStore } from "./FileStore.ts";
import type { TextToImageParams } from "./goDecode.ts";

export interface Orchestra {
  readonly models: Models;
  readonly files: FileStore;
  readonly dice: Dice;
  readonly latencyMs: number;
  readonly panicOnNoOrchestrator: boolean;
}

/** The gateway fills in this side when a size is absent, and bills for it. */
const defaultSide = 512;
/** The gateway has no limit of its own; a process that ran out of memory hangs up. */
const mostImages = 1_000;

export const textToImage = (orchestra: Orchestra, params: TextToImageParams): Effect.Effect<Reply> => {
  const { models, panicOnNoOrchestrator, latencyMs } = orchestra;
  const noOrchestrator = panicOnNoOrchestrator ? hangUp : serviceUnavailable();
  // A nil model id is dereferenced after the selection; the default model never helps.
  const { model_id: model } = params;
  if (model === undefined || model === null) return Effect.succeed(hangUp);
  return Effect.flatMap(models.admit(model), (admission) => {
    if (admission === "absent") return Effect.succeed(noOrchestrator);
    if (admission === "unavailable") return Effect.succeed(serviceUnavailable());
    return Effect.as(Effect.sleep(latencyMs), run(orchestra, params));
  });
};

const run = ({ files, dice }: Orchestra, params: TextToImageParams): Reply => {
  const prompt = params.prompt ?? "";
  const width = params.width ?? defaultSide;
  const height = params.height ?? defaultSide;
  // The runner's 400s arrive with the ": " that the gateway's parsing leaves.
  if (prompt === "") return goError(400, ": Prompt must be provided.");
  if (width <= 0 || height <= 0 || width % 8 !== 0 || height % 8 !== 0) {
    return goError(400, `: \`height\` and \`width\` have to be divisible by 8 but are ${height} and ${width}.`);
  }
  const first = params.seed ?? dice.word();
  const count = Math.max(1, params.num_images_per_prompt ?? 1);
  if (count > mostImages) return hangUp;
  const seeds = Array.from({ length: count }, (_, index) => first + index);
  const paths = files.keep(seeds.map((seed) => ({ prompt, seed, width, height })));
  return json(200, { images: seeds.map((seed, index) => ({ nsfw: false, seed, url: paths[index] })) });
};
