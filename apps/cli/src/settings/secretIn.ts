/** Whether a line looks as if it held a secret. It is for files that many people read; `sluice keys scan` looks closer. */
const signs: ReadonlyArray<readonly [what: string, sign: RegExp]> = [
  ["a password in an address", /:\/\/[^/\s"'@]*:[^/\s"'@]+@/],
  // Studio's keys are UUIDs.
  ["a key (a UUID)", /\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/i],
  ["a token (a JWT)", /\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*/],
  ["a bearer token", /\bbearer\s+[\w.~+/-]{8,}/i],
  ["a key", /\b(?:sk|pk|rk|ghp|gho|ghs|glpat|xox[abp])[-_][\w-]{16,}/],
  ["a key or a password", /(?:key|token|secret|password)["']?\s*=\s*["'][^"']{8,}["']/i],
];

/** What it looks like, never the secret itself. */
export const secretIn = (line: string): string | undefined => signs.find(([, sign]) => sign.test(line))?.[0];
