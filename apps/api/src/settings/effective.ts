/** The configuration in effect, for whoever looks whether it is as meant: without keys, hashes, secrets or what may hold one. */
import type { Settings } from "./readSettings.ts";

const hidden = "(hidden)";

export const effective = ({
  upstream,
  otlp,
  objectives: _,
  attestations: _attestations,
  traffic: _traffic,
  files,
  keys,
  webhooks,
  ...settings
}: Settings): object => ({
  ...settings,
  upstream: upstream === "emulator" ? upstream : shown(upstream),
  keys: keys.map(({ hash: _hash, previous, ...key }) => ({
    ...key,
    ...(previous === undefined ? {} : { previous: { id: previous.id, expires: previous.expires } }),
  })),
  // A webhook's path is a secret at Slack and others.
  webhooks: webhooks.map(({ url, secret, ...webhook }) => ({
    ...webhook,
    url: new URL(url).origin,
    ...(secret === undefined ? {} : { secret: hidden }),
  })),
  telemetry: otlp === undefined ? "not sent" : [...otlp.signals.keys()],
  files,
});

/** A key is there or not; a URL may hold a password. */
const shown = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(shown);
  if (typeof value === "string") return value.replace(/\/\/[^/@\s]*@/, "//");
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [name, name === "apiKey" && one !== undefined ? hidden : shown(one)]),
  );
};
