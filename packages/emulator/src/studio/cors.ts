/**
 * Studio's CORS headers. A preflight is always granted, since a browser sends it without the key that decides; the
 * request behind it is refused by its `Origin`.
 */
import type { IncomingHttpHeaders } from "node:http";
import type { Reply } from "../Reply.ts";
import type { StudioKey } from "./keys.ts";

/** What a caller without an API key may use: the dashboard. */
const dashboard = ["https://livepeer.studio"];

export const allowedOrigin = (
  method: string,
  origin: string | undefined,
  key: StudioKey | undefined,
): string | undefined => {
  if (origin === undefined || (method === "OPTIONS" && key === undefined)) return origin;
  const allowed = key === undefined ? dashboard : (key.cors?.allowedOrigins ?? []);
  return allowed.includes(origin) ? origin : undefined;
};

/** On every answer, whoever asks. */
export const corsHeaders = (origin: string | undefined): Readonly<Record<string, string>> => ({
  Vary: "Authorization, Origin",
  ...(origin === undefined ? {} : { "Access-Control-Allow-Origin": origin }),
  "Access-Control-Allow-Credentials": "true",
  "Access-Control-Expose-Headers": "*",
});

export const preflight = (headers: Readonly<IncomingHttpHeaders>, origin: string | undefined): Reply => {
  const asked = headers["access-control-request-headers"];
  return {
    kind: "answer",
    status: 204,
    headers: {
      ...corsHeaders(origin),
      Vary: "Authorization, Origin, Access-Control-Request-Headers",
      "Access-Control-Allow-Methods": "GET,HEAD,PUT,PATCH,POST,DELETE",
      ...(asked === undefined ? {} : { "Access-Control-Allow-Headers": asked }),
    },
    body: "",
  };
};
