/** Cloud Run: `--timeout` of `gcloud run deploy`; 300 s where nothing says otherwise. */
import { secondsOf } from "./durations.ts";
import { lineAt, type ProxyFormat, type ProxyLimit, type TextFile } from "./ProxyFormat.ts";

export const cloudRun: ProxyFormat = {
  isOf: (file) => /(^|\/)(cloudbuild[\w.-]*\.ya?ml|[\w.-]+\.sh|Makefile)$/.test(file),
  limits: (files) => files.flatMap(limitsIn),
};

/** As words of a shell, or as a list in YAML. */
const deploy = /\brun["',\s-]+deploy\b/g;
const timeout = /--timeout[=\s"',-]+(\d+[smh]?)/;

const limitsIn = ({ file, text }: TextFile): ReadonlyArray<ProxyLimit> => {
  if (!/\bgcloud\b|cloud-sdk/.test(text)) return [];
  const starts = [...text.matchAll(deploy)].map(({ index }) => index);
  return starts.flatMap((start, at): ReadonlyArray<ProxyLimit> => {
    const command = text.slice(start, starts[at + 1]);
    const found = timeout.exec(command);
    const seconds = found === null ? 300 : secondsOf(found[1]);
    if (seconds === undefined) return [];
    return [
      {
        proxy: "Cloud Run",
        seconds,
        says: found === null ? "no --timeout, so 300 s" : `--timeout ${found[1] ?? ""}`,
        place: { file, line: lineAt(text, start + (found?.index ?? 0)) },
        fix: "--timeout=300",
        kind: "proxy",
      },
    ];
  });
};
