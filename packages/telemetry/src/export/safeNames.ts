/**
 * Names as they may leave the program, in a log, a metric or a span. A gateway's name may be a URL of the user's with a
 * password, a query or a token in its path, and a model's is whatever a caller sent. What is not surely a name is `other`.
 */
import type { Asked } from "../CallEvent.ts";

/** Letters, digits, dots, dashes and underscores: profiles, pipelines, codes, units and request ids. Nothing else passes. */
export const safeName = (name: string): string => (/^[\p{L}\p{N}._-]{1,64}$/u.test(name) ? name : "other");

/** As callers may name their requests. */
export const safeRequestId = (id: string): string => (/^[\w.:-]{1,128}$/.test(id) ? id : "other");

/** A program has few gateways and models, and tells them with every event: what has been worked out is kept, as far as that goes. */
const remembered = (make: (name: string) => string): ((name: string) => string) => {
  const known = new Map<string, string>();
  return (name) => {
    const before = known.get(name);
    if (before !== undefined) return before;
    const made = make(name);
    if (known.size >= mostRemembered) known.clear();
    if (name.length <= longestRemembered) known.set(name, made);
    return made;
  };
};

const mostRemembered = 64;
const longestRemembered = 512;

/** A profile's name; of a base URL, its scheme, host and port. */
export const safeGateway = remembered((gateway) => {
  if (!/^https?:\/\//i.test(gateway)) return safeName(gateway);
  return URL.canParse(gateway) ? new URL(gateway).origin : "other";
});

/** The longest model id of the catalog has 49 characters. */
const longest = 128;

/** On one line, and no longer than a model id may reasonably be. */
export const safeModel = remembered((model) => {
  const characters = [...model.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, "")];
  return characters.length > longest ? `${characters.slice(0, longest - 1).join("")}…` : characters.join("");
});

/** The same, of all that an event says of whom it asks. `origin` has no more than a scheme, a host and a port already. */
export const safeAsked = ({ gateway, pipeline, model }: Asked): Pick<Asked, "gateway" | "pipeline" | "model"> => ({
  gateway: safeGateway(gateway),
  pipeline: safeName(pipeline),
  ...(model === undefined ? {} : { model: safeModel(model) }),
});
