/** What is looked for. */
import * as Redacted from "effect/Redacted";
import { detectKnown } from "./detect/known.ts";
import { detectLivepeer } from "./detect/livepeer.ts";
import { detectPublicVariables } from "./detect/publicVariable.ts";
import { detectOthers } from "./detect/secretlint.ts";
import { detectServiceKeys } from "./detect/serviceKey.ts";
import type { Detectors } from "./scanContent.ts";

/** A key that is known, and must therefore stand nowhere. */
export interface NamedKey {
  /** For a person; never the key. */
  readonly name: string;
  readonly key: Redacted.Redacted;
}

export interface AllDetectors {
  readonly tree: Detectors;
  /** A name is a mistake of today's code; of old code, only keys are. */
  readonly history: Detectors;
}

export const makeDetectors = (known: ReadonlyArray<NamedKey>): AllDetectors => {
  const binary = [
    detectKnown(known.map(({ name, key }) => ({ name, secret: Redacted.value(key) }))),
    detectServiceKeys,
  ];
  const text = [...binary, detectLivepeer, detectOthers];
  return { tree: { binary, text: [...text, detectPublicVariables] }, history: { binary, text } };
};
