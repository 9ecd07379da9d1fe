/** `GET /v1/models`: what the orchestrators have. */
import type { Gateway } from "../gateway/route.ts";
import type { AnswerReply } from "../Reply.ts";
import { inJson } from "./Door.ts";

/** `now` in Unix milliseconds. */
export const modelList = ({ models }: Gateway, now: number): AnswerReply => {
  const ids = [...new Set(models.listed(now).map(({ model }) => model))].sort();
  const data = ids.map((id) => ({ id, object: "model", created: 0, owned_by: id.split("/", 1)[0] ?? id }));
  return { kind: "answer", status: 200, ...inJson({ object: "list", data }) };
};
