/** A state folder of a test's own, and what the keys in it look like from outside. */
import { mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { assert } from "vitest";
import { home } from "./home.ts";

export interface KeptKey {
  readonly gateway: string;
  readonly baseUrl: string;
  readonly fingerprint: string;
  readonly store: string;
  readonly added: string;
  readonly kind?: string;
}

/** Its `env` is for the process that is to use it. */
export const makeStateFolder = () => {
  const root = mkdtempSync(join(home, "state-"));
  const folder = join(root, "sluice");
  const file = (name: string) => join(folder, name);
  const records = (): ReadonlyArray<KeptKey> =>
    (JSON.parse(readFileSync(file("keys.json"), "utf8")) as { readonly keys: ReadonlyArray<KeptKey> }).keys;
  const change = (more: Partial<KeptKey>): void => {
    const keys = records().map((record) => ({ ...record, ...more }));
    writeFileSync(file("keys.json"), JSON.stringify({ version: 1, keys }));
  };
  return {
    env: { XDG_STATE_HOME: root },
    folder,
    files: (): ReadonlyArray<string> => {
      try {
        return readdirSync(folder).sort();
      } catch {
        return [];
      }
    },
    mode: (name = "."): string => (statSync(join(folder, name)).mode & 0o777).toString(8),
    records,
    change,
    /** As if it had been stored so many days ago. */
    age: (days: number): void => {
      change({ added: new Date(Date.now() - days * 86_400_000 - 60_000).toISOString() });
    },
    keys: (): Readonly<Record<string, string>> =>
      (
        JSON.parse(readFileSync(file("credentials.json"), "utf8")) as {
          readonly keys: Readonly<Record<string, string>>;
        }
      ).keys,
    /** Throws when the key stands in a file that is not for keys. */
    hides: (key: string): void => {
      for (const name of readdirSync(folder)) {
        if (name !== "credentials.json") assert.notInclude(readFileSync(file(name), "utf8"), key, name);
      }
    },
  };
};
