/** Fly: `idle_timeout` of a service's HTTP options, where one is set. */
import { parse } from "smol-toml";
import { named, type ProxyFormat, type ProxyLimit, type TextFile } from "./ProxyFormat.ts";
import { at, entriesAt } from "./yaml.ts";

export const fly: ProxyFormat = {
  isOf: named(/(^|\/)fly(\.[\w-]+)?\.toml$/),
  limits: (files) => files.flatMap(limitsIn),
};

const limitsIn = ({ file, text }: TextFile): ReadonlyArray<ProxyLimit> =>
  optionsIn(text).flatMap((options) => {
    const seconds = at(options, "idle_timeout");
    if (typeof seconds !== "number") return [];
    const line =
      text.split("\n").findIndex((one) => /\bidle_timeout\s*=/.test(one) && one.includes(String(seconds))) + 1;
    return [
      {
        proxy: "Fly's proxy",
        seconds,
        says: `idle_timeout = ${seconds}`,
        place: line === 0 ? { file } : { file, line },
        fix: "idle_timeout = 300",
        kind: "proxy",
      },
    ];
  });

const optionsIn = (text: string): ReadonlyArray<unknown> => {
  try {
    const value = parse(text);
    const ports = entriesAt(value, "services").flatMap(([, service]) =>
      entriesAt(service, "ports").map(([, port]) => port),
    );
    return [at(value, "http_service", "http_options"), ...ports.map((port) => at(port, "http_options"))];
  } catch {
    return [];
  }
};
