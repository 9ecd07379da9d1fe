/** Whether Renovate is configured, in any of the files that it reads. */

export const renovateFiles = [
  ...["renovate.json", "renovate.json5", ".renovaterc", ".renovaterc.json", ".renovaterc.json5"],
  ...[".github/renovate.json", ".github/renovate.json5", ".gitlab/renovate.json", ".gitlab/renovate.json5"],
  "package.json",
];

export type Renovate = "ok" | "absent" | { readonly mistake: string };

export const readRenovate = (file: string, text: string): Renovate => {
  // JSON5 has no reader here: what is not empty is believed.
  if (file.endsWith(".json5")) return /\{[^}]/.test(text) ? "ok" : { mistake: "it is empty" };
  const value = objectIn(text);
  if (file === "package.json") return value?.["renovate"] === undefined ? "absent" : judged(value["renovate"]);
  return value === undefined ? { mistake: "it is not a JSON object" } : judged(value);
};

const judged = (config: unknown): Renovate =>
  typeof config === "object" && config !== null && "enabled" in config && config.enabled === false
    ? { mistake: "it is switched off (enabled: false)" }
    : "ok";

const objectIn = (text: string): Readonly<Record<string, unknown>> | undefined => {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : undefined;
  } catch {
    return undefined;
  }
};
