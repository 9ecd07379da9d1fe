/** Netlify: a function may take 60 s, and one in the background 15 minutes. */
import { parse } from "smol-toml";
import { named, type ProxyFormat, type ProxyLimit, type TextFile } from "./ProxyFormat.ts";
import { at } from "./yaml.ts";

const background = /(^|\/)functions\/(.*\/)?[\w-]+-background(\/index)?\.[cm]?[jt]s$/;

export const netlify: ProxyFormat = {
  isOf: (file) => named(/(^|\/)netlify\.toml$/)(file) || background.test(file),
  limits: (files) => files.flatMap((one) => (background.test(one.file) ? [inBackground(one)] : inConfiguration(one))),
};

const inConfiguration = ({ file, text }: TextFile): ReadonlyArray<ProxyLimit> => {
  const value = valueOf(text);
  if (at(value, "functions") === undefined && at(value, "build", "functions") === undefined) return [];
  const line = text.split("\n").findIndex((one) => /^\s*(\[functions|functions\s*=)/.test(one)) + 1;
  return [
    {
      proxy: "Netlify's functions",
      seconds: 60,
      says: "60 s, which no setting changes",
      place: line === 0 ? { file } : { file, line },
      fix: "Call the gateway in a background function (its name ends in -background), which may take 15 minutes",
      kind: "function",
    },
  ];
};

const inBackground = ({ file }: TextFile): ProxyLimit => ({
  ...{
    proxy: "a background function of Netlify",
    seconds: 900,
    says: "15 minutes",
    place: { file },
    fix: "",
    kind: "function",
  },
});

const valueOf = (text: string): unknown => {
  try {
    return parse(text);
  } catch {
    return undefined;
  }
};
