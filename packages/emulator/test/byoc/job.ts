/** BYOC asked of an emulator: the `Livepeer` header, and the two orchestrators that can be meant. */
import { ask, begin, type Exchange, type Heard } from "../ask.ts";

export const first = "https://orchestrator-1.example:8935";
export const second = "https://orchestrator-2.example:8935";

export const encode = (value: unknown): string =>
  Buffer.from(typeof value === "string" ? value : JSON.stringify(value)).toString("base64");

/** A header that is in order, but for what is told otherwise. */
export const livepeer = (fields: object = {}, parameters: object = {}): string =>
  encode({
    request: '{"run":"it"}',
    parameters: JSON.stringify(parameters),
    capability: "mine",
    timeout_seconds: 30,
    ...fields,
  });

export interface Submission {
  readonly path?: string;
  readonly method?: string;
  /** Of the `Livepeer` header; `null` sends none. */
  readonly header?: string | null;
  readonly body?: string | Uint8Array;
  readonly type?: string;
}

const requestOf = ({
  path = "/process/request/v1/run",
  method = "POST",
  header = livepeer(),
  body = '{"x":1}',
  type = "application/json",
}: Submission) => ({
  method,
  path,
  headers: { "Content-Type": type, ...(header === null ? {} : { Livepeer: header }) },
  body,
});

export const submit = (origin: string, submission: Submission = {}): Promise<Heard> =>
  ask(origin, requestOf(submission));

export const beginJob = (origin: string, submission: Submission = {}): Exchange => begin(origin, requestOf(submission));
