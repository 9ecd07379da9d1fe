/**
 * Stands in for the native keyring, with the same entries, and keeps them in the file that FAKE_KEYRING names. It also
 * keeps what others can see of a process: its arguments and its environment.
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";

const file = process.env["FAKE_KEYRING"] ?? "";
const entries = new Map<string, string>(
  existsSync(file) ? Object.entries(JSON.parse(readFileSync(file, "utf8")) as Record<string, string>) : [],
);
const save = (): void => {
  writeFileSync(file, JSON.stringify(Object.fromEntries(entries)));
};
const { execArgv, argv, env } = process;
writeFileSync(`${file}.seen`, JSON.stringify({ execArgv, argv, env }));

export class Entry {
  readonly #name: string;

  constructor(service: string, account: string, options?: { readonly linux?: { readonly store?: string } }) {
    if (account === "exit") process.exit(0);
    if (options?.linux?.store !== "secret-service") throw new Error("the kernel's keyring forgets at logout");
    this.#name = `${service}/${account}`;
  }

  getPassword(): string | null {
    return entries.get(this.#name) ?? null;
  }

  setPassword(password: string): void {
    entries.set(this.#name, password);
    save();
  }

  deletePassword(): void {
    entries.delete(this.#name);
    save();
  }
}
