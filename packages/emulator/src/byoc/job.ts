/**
 * The `Livepeer` header of a BYOC request: base64 of JSON, whose `request` and `parameters` are JSON in strings. Refused
 * in the words of byoc/utils.go and job_gateway.go at 176aa415.
 */
import { unmarshalJson } from "../gateway/goDecode.ts";
import { parseWholeGoJson } from "../gateway/goJson.ts";
import type { GoStruct } from "../gateway/goStruct.ts";

export interface Job {
  readonly capability: string;
  readonly timeoutSeconds: number;
  /** Service URLs. With any in `include`, no other orchestrator is asked. */
  readonly orchestrators: { readonly include: ReadonlyArray<string>; readonly exclude: ReadonlyArray<string> };
  readonly videoIngress: boolean;
  readonly videoEgress: boolean;
  readonly dataOutput: boolean;
}

export type ParsedJob = { readonly ok: true; readonly job: Job } | { readonly ok: false; readonly message: string };

const jobRequest = {
  name: "JobRequest",
  package: "byoc",
  fields: {
    capability: "string",
    capability_url: "string",
    id: "string",
    parameters: "string",
    request: "string",
    sender: "string",
    sig: "string",
    timeout_seconds: "int",
  },
} as const satisfies GoStruct;

const jobRequestDetails = {
  name: "JobRequestDetails",
  package: "byoc",
  fields: { stream_id: "string" },
} as const satisfies GoStruct;

const jobParameters = {
  name: "JobParameters",
  package: "byoc",
  fields: { enable_data_output: "bool", enable_video_egress: "bool", enable_video_ingress: "bool" },
} as const satisfies GoStruct;

/** Go's StdEncoding: padded, of one alphabet. */
const base64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** `header`: as it was sent; empty when it was not. */
export const jobOf = (header: string): ParsedJob => {
  if (!base64.test(header)) return unparsed("ErrorSegEncoding");
  const request = unmarshalJson(jobRequest, Buffer.from(header, "base64").toString("utf8"));
  if (!request.ok) return unparsed(request.message);
  const { capability, timeout_seconds: timeoutSeconds } = request.params;
  if (timeoutSeconds === undefined || timeoutSeconds === null || timeoutSeconds === 0)
    return unparsed("no timeout_seconds set with request, timeout_seconds is required");
  const details = unmarshalJson(jobRequestDetails, request.params.request ?? "");
  if (!details.ok) return refused(`Unable to unmarshal job request err=${details.message}`);
  const parameters = readParameters(request.params.parameters ?? "");
  if (typeof parameters === "string") return refused(`Unable to unmarshal job parameters err=${parameters}`);
  return { ok: true, job: { capability: capability ?? "", timeoutSeconds, ...parameters } };
};

const refused = (message: string): ParsedJob => ({ ok: false, message });

const unparsed = (reason: string): ParsedJob => refused(`Unable to parse job request, err=${reason}`);

/** Or the sentence with which Go refuses them. */
const readParameters = (text: string): Omit<Job, "capability" | "timeoutSeconds"> | string => {
  const decoded = unmarshalJson(jobParameters, text);
  if (!decoded.ok) return decoded.message;
  const orchestrators = readFilter(text);
  if (typeof orchestrators === "string") return orchestrators;
  const { enable_data_output, enable_video_egress, enable_video_ingress } = decoded.params;
  return {
    orchestrators,
    dataOutput: enable_data_output ?? false,
    videoEgress: enable_video_egress ?? false,
    videoIngress: enable_video_ingress ?? false,
  };
};

/** `parameters.orchestrators`, a struct in a struct; the text is known to be JSON. */
const readFilter = (text: string): Job["orchestrators"] | string => {
  const filter = memberOf(JSON.parse(text), "orchestrators") ?? {};
  if (!isObject(filter)) return misfit(filter, "JobParameters.orchestrators of type byoc.JobOrchestratorsFilter");
  const lists = { include: memberOf(filter, "include") ?? [], exclude: memberOf(filter, "exclude") ?? [] };
  for (const [name, list] of Object.entries(lists)) {
    const field = `JobOrchestratorsFilter.orchestrators.${name} of type `;
    if (!Array.isArray(list)) return misfit(list, `${field}[]string`);
    const stranger: unknown = list.find((item: unknown) => typeof item !== "string" && item !== null);
    if (stranger !== undefined) return misfit(stranger, `${field}string`);
  }
  return lists as Job["orchestrators"];
};

const isObject = (value: unknown): value is object =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const memberOf = (value: unknown, name: string): unknown =>
  isObject(value) && Object.hasOwn(value, name) ? (value as Record<string, unknown>)[name] : undefined;

const misfit = (value: unknown, field: string): string => {
  const parsed = parseWholeGoJson(JSON.stringify(value));
  return `json: cannot unmarshal ${parsed.ok ? parsed.json.kind : "value"} into Go struct field ${field}`;
};
