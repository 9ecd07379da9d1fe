/** Code that runs in browsers, told by where it is and what it uses; and what of it speaks to Studio with a key. */
import * as Effect from "effect/Effect";
import { shippedIn } from "../../scan/tree/bundles.ts";
import type { Folder } from "../../subject/Folder.ts";
import type { Place } from "../Check.ts";

export interface FrontEnd {
  /** How many files run in browsers. */
  readonly files: number;
  /** Where a page asks Studio to generate, with a key. */
  readonly calls: ReadonlyArray<Place>;
  /** Where a page reads a key that is made for browsers. */
  readonly corsKeys: ReadonlyArray<Place>;
}

const source = /\.(?:[cm]?[jt]sx?|html?|vue|svelte|astro)$/;
const page = /\.(?:html?|vue|svelte)$/;
const elsewhere =
  /(?:^|\/)(?:node_modules|tests?|__tests__|spec|e2e|fixtures)\/|\.(?:test|spec|stories|d)\.[cm]?[jt]sx?$/;
const onServer = /(?:^|\/)(?:server|api|functions|middleware)\/|(?:\.server|\+server|(?:^|\/)route)\.[cm]?[jt]sx?$/;

const inBrowser = [
  /^\s*["']use client["']/m,
  /\b(?:document|window|localStorage|sessionStorage|navigator)\.\w/,
  /from\s+["'](?:react-dom(?:\/client)?|@angular\/\w+|solid-js|preact(?:\/hooks)?)["']/,
  /\buse(?:State|Effect|Reducer|LayoutEffect)\(/,
  /\bimport\.meta\.env\.(?:VITE|PUBLIC)_/,
];

export const frontEndOf = (
  folder: Folder,
  files: ReadonlyArray<string>,
  bundles: ReadonlyArray<string>,
): Effect.Effect<FrontEnd> =>
  Effect.gen(function* () {
    const found = { files: 0, calls: new Array<Place>(), corsKeys: new Array<Place>() };
    for (const file of files.filter((one) => source.test(one) && !elsewhere.test(one) && !onServer.test(one))) {
      const text = (yield* folder.text(file)) ?? "";
      const isShipped = shippedIn(file, bundles)?.isServer === false;
      if (!isShipped && !page.test(file) && !inBrowser.some((sign) => sign.test(text))) continue;
      found.files += 1;
      found.calls.push(...placesOf(file, text, callOfStudio(text)));
      found.corsKeys.push(...placesOf(file, text, corsKey.exec(text)?.index));
    }
    return found;
  });

const generateUrl = /livepeer\.studio\/api\/(?:beta\/)?generate\b/;
const authorization = /\bauthorization\b|\bhttpBearer\b/i;
/** Livepeer's own SDKs, which send the key that they are given. */
const sdk = /\bnew\s+Livepeer\(\s*\{[^}]{0,400}?\b(?:httpBearer|apiKey)\b/;
const generates = /\.generate\.\w+\(|\bgenerate(?:TextToImage|ImageToImage|ImageToVideo|AudioToText|Upscale|Llm)\(/;

const callOfStudio = (text: string): number | undefined => {
  const url = generateUrl.exec(text);
  if (url !== null && authorization.test(text)) return url.index;
  const client = sdk.exec(text);
  return client !== null && generates.test(text) ? client.index : undefined;
};

const corsKey = /\b(?:NEXT_PUBLIC|NUXT_PUBLIC|EXPO_PUBLIC|REACT_APP|VUE_APP|GATSBY|VITE|PUBLIC)_\w*LIVEPEER\w*CORS\w*/;

const placesOf = (file: string, text: string, at: number | undefined): ReadonlyArray<Place> =>
  at === undefined ? [] : [{ file, line: text.slice(0, at).split("\n").length }];
