/** Vercel: `maxDuration`, in vercel.json and in the code of a route. */
import { lineAt, type ProxyFormat, type ProxyLimit, type TextFile } from "./ProxyFormat.ts";
import { at, entriesAt, yamlDocuments } from "./yaml.ts";

const configuration = /(^|\/)vercel\.json$/;
const route = /(^|\/)(app|pages|api|src)\/.*\.[cm]?[jt]sx?$/;

export const vercel: ProxyFormat = {
  isOf: (file) => configuration.test(file) || route.test(file),
  sign: /maxDuration/,
  limits: (files) => files.flatMap((one) => (configuration.test(one.file) ? inConfiguration(one) : inRoute(one))),
};

const inConfiguration = (one: TextFile): ReadonlyArray<ProxyLimit> =>
  yamlDocuments(one).flatMap(({ value, placeOf }) =>
    entriesAt(value, "functions").flatMap(([glob, settings]) => {
      const seconds = at(settings, "maxDuration");
      const place = placeOf(["functions", glob, "maxDuration"]);
      return typeof seconds === "number" ? [limit(`Vercel's ${glob}`, seconds, '"maxDuration": 300', place)] : [];
    }),
  );

const exported =
  /^export\s+const\s+(?:maxDuration\s*(?::\s*number\s*)?=\s*(\d+)|config\b[^=]*=\s*\{[^}]*?\bmaxDuration:\s*(\d+))/gm;

const inRoute = ({ file, text }: TextFile): ReadonlyArray<ProxyLimit> =>
  [...text.matchAll(exported)].map(({ 0: all, 1: alone, 2: inConfig, index }) =>
    limit(
      "Vercel",
      Number(alone ?? inConfig),
      alone === undefined ? "maxDuration: 300" : "export const maxDuration = 300;",
      {
        file,
        line: lineAt(text, index + all.indexOf("maxDuration")),
      },
    ),
  );

const limit = (proxy: string, seconds: number, fix: string, place: ProxyLimit["place"]): ProxyLimit => ({
  ...{ proxy, seconds, says: `maxDuration ${seconds}`, place, fix, kind: "function" },
});
