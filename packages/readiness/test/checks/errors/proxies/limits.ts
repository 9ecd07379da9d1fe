/** What the files of a folder say of how long a proxy waits. */
import * as Effect from "effect/Effect";
import { proxyLimits } from "../../../../src/checks/errors/proxies/proxyLimits.ts";
import { openFolder } from "../../../../src/index.ts";
import { folderWith } from "../../../subject.ts";

/** `file:line seconds: says` of each. */
export const limitsOf = async (files: Readonly<Record<string, string>>) => {
  const folder = await Effect.runPromise(openFolder(folderWith(files)));
  const limits = await Effect.runPromise(proxyLimits(folder));
  return limits.map(({ place: { file, line }, seconds, says }) => `${file}:${line ?? "-"} ${seconds}: ${says}`);
};

export const lines = (...all: ReadonlyArray<string>) => `${all.join("\n")}\n`;
