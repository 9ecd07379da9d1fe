/** Whether the system's keychain answers: it is asked for an entry that nobody has, and nothing is read or asked of the user. */
import * as Effect from "effect/Effect";
import { makeKeychain } from "../credentials/keychain.ts";
import { keyVariables } from "../credentials/variables.ts";
import { type Found, ok, skipped, warning } from "./Check.ts";

export interface Probed {
  readonly ok: boolean;
  readonly detail: string;
}

export const probeKeychain = (env: NodeJS.ProcessEnv = process.env): Promise<Probed> =>
  Effect.runPromise(
    makeKeychain(env)
      .read("nobody")
      .pipe(
        Effect.as({ ok: true, detail: "it answers" }),
        Effect.catch(({ message }) => Effect.succeed({ ok: false, detail: message })),
      ),
  );

/** `env`: a key in a variable needs no keychain. */
export const judgeKeychain = (probed: Probed, env: NodeJS.ProcessEnv): Found => {
  if (probed.ok) return ok(probed.detail);
  const why = `it cannot be used: ${probed.detail}`;
  const variable = keyVariables.find((name) => (env[name] ?? "") !== "");
  if (variable !== undefined) return skipped(`${why}; the key comes from ${variable}`);
  return warning(`${why}; \`sluice auth login\` keeps keys in a file of yours`, fixes[process.platform] ?? linuxFix);
};

const linuxFix = "sudo apt install gnome-keyring dbus-user-session";
const fixes: Readonly<Partial<Record<NodeJS.Platform, string>>> = {
  darwin: "security unlock-keychain",
  win32: "sc start VaultSvc",
};
