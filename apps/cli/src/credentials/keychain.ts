/**
 * The operating system's keychain, asked in a process of its own.
 *
 * The native module opens its connection when an entry is made, on the thread that makes it: a D-Bus whose socket accepts
 * and says nothing would hold this process for good, with its timers. A child can be killed. The key goes through its
 * standard input, never through its arguments or its environment.
 */
import * as Data from "effect/Data";
import * as Effect from "effect/Effect";
import * as Redacted from "effect/Redacted";
import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import { keyVariables } from "./variables.ts";

/** How long it may take, its process included. */
export const patienceMs = 3_000;

export const keychainName =
  process.platform === "darwin"
    ? "the macOS keychain"
    : process.platform === "win32"
      ? "the Windows Credential Manager"
      : "the Secret Service";

/** What everything is kept under. */
export const service = "sluice";

/** There is none, or it does not answer. */
export class KeychainUnavailable extends Data.TaggedError("KeychainUnavailable")<{ readonly message: string }> {}

export interface Keychain {
  readonly read: (account: string) => Effect.Effect<Redacted.Redacted | undefined, KeychainUnavailable>;
  readonly write: (account: string, key: Redacted.Redacted) => Effect.Effect<void, KeychainUnavailable>;
  readonly remove: (account: string) => Effect.Effect<void, KeychainUnavailable>;
}

type Question =
  | { readonly verb: "read" | "remove"; readonly account: string }
  | { readonly verb: "write"; readonly account: string; readonly key: string };

type Reply = { readonly key?: string | null } | { readonly failed: string };

/** `native`: the path of the module, or that there is none; for tests, another with the same entries. */
export const makeKeychain = (env: NodeJS.ProcessEnv = process.env, native: string | null = findNative()): Keychain => {
  const ask = (question: Question) => askChild(question, env, native);
  return {
    read: (account) =>
      Effect.map(ask({ verb: "read", account }), ({ key }) =>
        typeof key === "string" ? Redacted.make(key) : undefined,
      ),
    write: (account, key) => Effect.asVoid(ask({ verb: "write", account, key: Redacted.value(key) })),
    remove: (account) => Effect.asVoid(ask({ verb: "remove", account })),
  };
};

/** The module is optional: on some systems there is none to install. */
const findNative = (): string | null => {
  try {
    return createRequire(import.meta.url).resolve("@napi-rs/keyring");
  } catch {
    return null;
  }
};

const askChild = (
  question: Question,
  env: NodeJS.ProcessEnv,
  native: string | null,
): Effect.Effect<{ readonly key?: string | null }, KeychainUnavailable> => {
  const unavailable = (message: string) => Effect.fail(new KeychainUnavailable({ message }));
  if (native === null) return unavailable("the optional package @napi-rs/keyring is not installed");
  return Effect.callback<Reply, KeychainUnavailable>((resume) => {
    const child = spawn(process.execPath, ["-e", program, native], {
      env: childEnvironment(env),
      stdio: ["pipe", "pipe", "ignore"],
      windowsHide: true,
    });
    let said = "";
    child.stdout.setEncoding("utf8").on("data", (part: string) => (said += part));
    // It may be gone before it has read; its end says so.
    child.stdin.on("error", () => undefined).end(JSON.stringify({ ...question, service }));
    child.on("error", () => resume(unavailable("no process could be started to ask it")));
    child.on("close", () => {
      const reply = replyOf(said);
      resume(reply === undefined ? unavailable("it ended without an answer") : Effect.succeed(reply));
    });
    return Effect.sync(() => void child.kill("SIGKILL"));
  }).pipe(
    Effect.timeoutOrElse({
      duration: patienceMs,
      orElse: () => unavailable(`it did not answer within ${patienceMs / 1000} s`),
    }),
    Effect.flatMap((reply) => ("failed" in reply ? unavailable(plainly(reply.failed)) : Effect.succeed(reply))),
  );
};

/** What D-Bus says of a session without a keychain, in plain words. */
const plainly = (message: string): string => {
  if (message.includes("autolaunch")) return "this session has no D-Bus";
  if (message.includes("org.freedesktop.secrets was not provided")) return "no keyring service runs in this session";
  if (message.includes("Did not receive a reply")) return "it does not answer";
  return message.replace(/^Platform failure: (DBus error: )?/, "");
};

const replyOf = (text: string): Reply | undefined => {
  try {
    return JSON.parse(text) as Reply;
  } catch {
    return undefined;
  }
};

/** What it needs to find the keychain, without keys and without what changes Node. */
const childEnvironment = (env: NodeJS.ProcessEnv): NodeJS.ProcessEnv => {
  const left = new Set<string>([...keyVariables, "NODE_OPTIONS"]);
  return Object.fromEntries(Object.entries(env).filter(([name]) => !left.has(name)));
};

/**
 * What the child runs: text, so that it needs no file of its own beside a bundle. On Linux the store is named, because the
 * module's other choice there is the kernel's keyring, which forgets at logout.
 */
const program = `
const fail = (error) => process.stdout.write(JSON.stringify({ failed: String(error.message).split("\\n")[0].slice(0, 200) }));
let text = "";
process.stdin.setEncoding("utf8").on("data", (part) => (text += part)).on("end", () => {
  const { verb, service, account, key } = JSON.parse(text);
  try {
    const { Entry } = require(process.argv[1]);
    const entry = new Entry(service, account, { linux: { store: "secret-service" } });
    if (verb === "write") entry.setPassword(key);
    if (verb === "remove") entry.deletePassword();
    process.stdout.write(JSON.stringify(verb === "read" ? { key: entry.getPassword() } : {}));
  } catch (error) {
    fail(error);
  }
});
`;
