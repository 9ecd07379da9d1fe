/**
 * "Did you mean …?" for a model's id. The network compares ids byte by byte, and a wrong letter looks like a cold model:
 * go-livepeer closes the socket.
 */
import { nearest } from "../nearest.ts";
import type { PipelineName } from "../Pipeline.ts";
import { findModel, modelsOf } from "./Catalog.ts";

/**
 * The known model whose id is closest to a text: in another case, without an owner, in a spelling that few use, some
 * letters off. `undefined` when the text is the usual id of a model, or nothing is near.
 */
export const nearestModel = (pipeline: PipelineName, text: string): string | undefined => {
  const known = findModel(pipeline, text);
  if (known !== undefined) return known.spellingOf;
  const written = text.trim();
  const ids = new Map(
    modelsOf(pipeline).map(({ model, spellingOf }) => [
      written.includes("/") ? model : withoutOwner(model),
      spellingOf ?? model,
    ]),
  );
  const id = written === "" ? undefined : nearest(written, ids.keys());
  return id === undefined ? undefined : ids.get(id);
};

const withoutOwner = (model: string): string => model.slice(model.lastIndexOf("/") + 1);
