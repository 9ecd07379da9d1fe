/** An inspection for a person: what was asked, and a line for each thing that is known. */
import type { Style } from "../output/style.ts";
import { reasonText } from "../credentials/verdictText.ts";
import type { KeysInspect } from "../results/keys.ts";

const kinds = {
  backend: "backend",
  cors: "CORS, with full access: for web pages of the origins that it names",
  "cors-restricted": "CORS, restricted: for web pages, and may not generate",
  limited: "limited by access rules",
} as const;

const unnamed = " (a CORS key of other origins answers the same: name yours with --origin)";

export const inspectionLines = (result: KeysInspect, { good, bad, warn, dim }: Style): string => {
  const { gateway, baseUrl, source, fingerprint, valid, generates, reason, kind, kindIsCertain, origin } = result;
  const yesOrNo = (is: boolean | null) => (is === null ? warn("not told") : is ? good("yes") : bad("no"));
  const why = reason === null ? "" : `   ${reasonText[reason]}`;
  const rows: ReadonlyArray<readonly [string, string]> = [
    ["gateway", `${gateway}   ${dim(baseUrl)}`],
    ["key", `${fingerprint}   ${dim(source)}`],
    ["valid", result.check === "not-asked" ? warn("not asked for") : yesOrNo(valid)],
    ["generates", `${yesOrNo(generates)}${why}`],
    ["kind", kind === null ? "not told" : `${kinds[kind]}${kindIsCertain ? "" : dim(unnamed)}`],
    ...(origin === null
      ? []
      : [["origin", `${origin.origin}   ${origin.allowed ? good("allowed") : bad("not allowed")}`] as const]),
    ["rate limit", limitText(result.rateLimit)],
    ["age", ageText(result)],
  ];
  return rows.map(([name, text]) => `${name.padEnd(12)}${text}\n`).join("");
};

const limitText = ({ documented, headers }: KeysInspect["rateLimit"]): string => {
  const told = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  const known =
    documented === null
      ? []
      : [`${documented.requests} requests in ${documented.perSeconds} s for each ${documented.of}, as documented`];
  return [...told, ...known].join("   ") || "not told";
};

const ageText = ({ ageDays, rotateBy, rotation }: KeysInspect): string => {
  if (ageDays === null || rotateBy === null) return "not known (the key is not stored by sluice auth login)";
  return `${ageDays} day${ageDays === 1 ? "" : "s"}, ${rotation === "overdue" ? "overdue since" : "rotate by"} ${rotateBy}`;
};
