/** A case's requests as they go over the wire, with the mistake and without it; no rule has a say here. */
import { type Circumstances, type InputOf, pipelines, type PipelineName, prepare, readMedia } from "@sluice/models";
import type { Request } from "../ask.ts";
import { formType, multipart } from "../gateway/requests.ts";
import { type Call, type Case, type Fields, type Gateway, own } from "./Case.ts";

/** The input of the nearest good request. */
export const mendedInput = ({ input, mended }: Case): Fields => present({ ...input, ...mended });

/** Of it, a key and a deadline stay only where it says so. */
export const mendedCallOf = ({ gateway = own, mendedCall = {} }: Case): Call => ({ gateway, ...mendedCall });

export const gatewayOf = ({ gateway = own }: Call): Gateway => gateway;

/** What preflight is told of a call, and of the file in its input. */
export const prepared = async (pipeline: PipelineName, input: Fields, call: Call) => {
  const gateway = gatewayOf(call);
  const circumstances: Circumstances = {
    profile: gateway.profile,
    apiKey: call.apiKey ?? gateway.apiKey,
    timeoutMs: call.timeoutMs,
    facts: call.unread ? undefined : await readMedia(pipeline, input),
  };
  return prepare(pipeline, input as InputOf<PipelineName>, circumstances);
};

/**
 * What a client without preflight sends: the good request with the mistake in it. So the pipeline's defaults are sent
 * where the mistake leaves room for them.
 */
export const brokenFields = (given: Case, good: Fields): Fields => {
  const defaults = Object.entries(good).filter(([name]) => !Object.hasOwn(mendedInput(given), name));
  return present({ ...Object.fromEntries(defaults), ...given.input });
};

/** In the pipeline's own form unless the case has another. */
export const requestOf = (
  pipeline: PipelineName,
  fields: Fields,
  call: Call,
  wire = pipelines[pipeline].wire,
): Request => {
  const gateway = gatewayOf(call);
  const apiKey = call.apiKey ?? gateway.apiKey ?? "";
  const prefix = new URL(gateway.profile.baseUrl).pathname.replace(/\/$/, "");
  const type = wire === "json" ? { "Content-Type": "application/json" } : formType;
  return {
    method: "POST",
    path: prefix + pipelines[pipeline].path,
    headers: { ...type, ...(apiKey === "" ? {} : { Authorization: `Bearer ${apiKey}` }) },
    body: wire === "json" ? JSON.stringify(fields) : formOf(fields),
  };
};

const formOf = (fields: Fields): Buffer =>
  multipart(
    Object.entries(present(fields)).map(([name, value]) => {
      if (value instanceof Uint8Array) {
        return { name, content: value, filename: "a.bin", type: "application/octet-stream" };
      }
      return { name, content: typeof value === "string" ? value : JSON.stringify(value) };
    }),
  );

const present = (fields: Fields): Fields =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
