/** Caddy: `response_header_timeout` and `read_timeout` of a `reverse_proxy`, and a server's `write`; without them it waits for ever. */
import { secondsOf, unlessZero } from "./durations.ts";
import { named, type ProxyFormat, type ProxyLimit, type TextFile } from "./ProxyFormat.ts";

export const caddy: ProxyFormat = {
  isOf: named(/(^|\/)([\w-]+\.)?Caddyfile(\.[\w-]+)?$/),
  limits: (files) => files.flatMap(limitsIn),
};

const limitsIn = ({ file, text }: TextFile): ReadonlyArray<ProxyLimit> => {
  const lines = text.split("\n").map((line) => line.replace(/(^|\s)#.*$/, "").trim());
  const proxied = lines.findIndex((line) => /^(handle\S*\s.*)?reverse_proxy\b/.test(line));
  if (proxied < 0) return [];
  const open: Array<string> = [];
  const limits: Array<ProxyLimit> = [];
  for (const [index, line] of lines.entries()) {
    const [name = "", value = ""] = line.split(/\s+/);
    const isTimeout =
      ["response_header_timeout", "read_timeout"].includes(name) || (name === "write" && open.at(-1) === "timeouts");
    const seconds = isTimeout ? secondsOf(value) : undefined;
    if (seconds !== undefined)
      limits.push(limit(unlessZero(seconds), `${name} ${value}`, `${name} 300s`, file, index + 1));
    if (line.endsWith("{")) open.push(name);
    else if (line === "}") open.pop();
  }
  return limits.length > 0 ? limits : [limit(Infinity, "no timeout", "", file, proxied + 1)];
};

const limit = (seconds: number, says: string, fix: string, file: string, line: number): ProxyLimit => ({
  ...{ proxy: "Caddy", seconds, says, place: { file, line }, fix, kind: "proxy" },
});
