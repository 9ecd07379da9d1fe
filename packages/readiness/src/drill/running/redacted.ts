/** What may be kept and shown of a program's command and of what it prints: no key of its user's. */

const secretName = "(?:key|token|secret|password|passwd|auth|credentials?|bearer)";

/** An option whose value is the next argument. */
const secretOption = new RegExp(`^(?:-u|--user|--?[\\w-]*${secretName})$`, "i");

const secrets = [
  /(?<=\bbearer\s+)\S+/gi,
  /(?<=\bauthorization["']?\s*[:=]\s*["']?(?:\w+\s+)?)(?!(?:bearer|basic|token)\b)[^\s"']+/gi,
  // `--api-key=…`, `API_TOKEN=…`, `X-Api-Key: …`, `?token=…`
  new RegExp(`(?<=${secretName}["']?\\s*[:=]\\s*["']?)(?!bearer\\b)[^\\s"'&,;]+`, "gi"),
  // Of a URL: its user and password.
  /(?<=:\/\/)[^\s/@]+(?=@)/g,
  /\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/gi,
  /\bsk-[\w-]{8,}/g,
];

const redaction = "[redacted]";

/** Shorter values are words. */
const shortest = 12;

/** The values of the variables whose names say that they are secret, the longest first. */
export const secretsOf = (env: Readonly<Record<string, string | undefined>>): ReadonlyArray<string> =>
  Object.entries(env)
    .flatMap(([name, value = ""]) =>
      new RegExp(`${secretName}$`, "i").test(name) && value.length >= shortest ? [value] : [],
    )
    .sort((one, other) => other.length - one.length);

export const without = (text: string, known: ReadonlyArray<string>): string =>
  known.reduce((left, secret) => left.replaceAll(secret, redaction), text);

/** `known`: secrets that it may hold, whatever they look like. */
export const redacted = (command: ReadonlyArray<string>, known: ReadonlyArray<string>): Array<string> =>
  command.map((argument, place) =>
    secretOption.test(command[place - 1] ?? "")
      ? redaction
      : secrets.reduce((text, secret) => text.replace(secret, redaction), without(argument, known)),
  );
