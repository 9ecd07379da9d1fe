/**
 * Code that reads a key from a variable which bundlers copy into the browser's code. There is no key in it yet, but there
 * will be one in every bundle that is built from it.
 */
import type { Detector } from "../Match.ts";
import { isMadeForBrowsers, isPublicName, namesLivepeerKey } from "./variableNames.ts";

const read = /(?:process\.env|import\.meta\.env)(?:\?\.|\.|\[["'])([A-Z0-9_]+)/g;

export const detectPublicVariables: Detector = (text) =>
  Array.from(text.matchAll(read)).flatMap(({ 0: all, 1: name = "", index }) =>
    isPublicName(name) && namesLivepeerKey(name) && !isMadeForBrowsers(name)
      ? [
          {
            kind: "public-variable",
            severity: "critical",
            what: `${name}: shipped to every browser`,
            ...{ start: index, end: index + all.length },
          },
        ]
      : [],
  );
