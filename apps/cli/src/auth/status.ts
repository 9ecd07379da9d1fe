/** `sluice auth status`. */
import * as Effect from "effect/Effect";
import type { StatusInput } from "../commands/auth.ts";
import { checkKey, type Verdict } from "../credentials/check.ts";
import { isOpenToOthers, keyFile } from "../credentials/keyFile.ts";
import { rotationWarning } from "../credentials/rotation.ts";
import { verdictWords } from "../credentials/verdictText.ts";
import { failed } from "../failures/Failed.ts";
import { Output, type OutputShape } from "../output/Output.ts";
import type { Style } from "../output/style.ts";
import { table } from "../output/table.ts";
import type { AuthStatus } from "../results/auth.ts";
import { loadSettings } from "../settings/Settings.ts";
import { type KnownKey, knownKeys } from "./knownKeys.ts";

export const run = ({ check }: StatusInput) =>
  Effect.gen(function* () {
    const output = yield* Output;
    const known = yield* knownKeys(yield* loadSettings());
    const asked = yield* Effect.forEach(known, (key) => (check ? ask(key, output) : Effect.succeed(unasked)));
    const verdicts = asked.map(({ verdict }) => verdict);
    output.status(undefined);
    if (known.length === 0) output.note("no key is known   sluice auth login -g livepeer-studio");
    else output.product(table(columnsOf(check), rowsOf(known, verdicts, output.style), output));
    const warnings = [...warningsOf(known), ...asked.flatMap(({ warning = [] }) => warning)];
    for (const warning of warnings) output.note(`${output.noteStyle.warn("!")} ${warning}`);
    const keys = known.map((key, at) => toResult(key, verdicts[at]));
    const refused = keys.filter((key) => key.check === "refused" || key.check === "forbidden");
    if (refused.length > 0) {
      const message = `${refused.length} of ${keys.length} keys refused: ${refused.map(({ gateway }) => gateway).join(", ")}`;
      return yield* failed("SLUICE-KEY-REFUSED", {
        message,
        fix: `See why with: sluice keys inspect -g ${refused[0]?.gateway ?? "<gateway>"}`,
        detail: { keys, warnings },
      });
    }
    const result: AuthStatus = { message: `${keys.length} key${keys.length === 1 ? "" : "s"}`, keys, warnings };
    output.done(result);
  });

const columnsOf = (check: boolean) => [
  ...["GATEWAY", "SOURCE", "FINGERPRINT"].map((title) => ({ title })),
  ...["AGE", "ROTATE IN"].map((title) => ({ title, align: "right" as const })),
  ...(check ? [{ title: "CHECK" }] : []),
];

const rowsOf = (known: ReadonlyArray<KnownKey>, verdicts: ReadonlyArray<Verdict | undefined>, style: Style) =>
  known.map(({ gateway, source, where, fingerprint, rotation }, at) => {
    const verdict = verdicts[at];
    const left = rotation === undefined ? "–" : `${rotation.daysLeft}d`;
    const colour = rotation?.state === "overdue" ? style.bad : rotation?.state === "soon" ? style.warn : same;
    return [
      gateway,
      source === "variable" ? where : source,
      fingerprint,
      rotation === undefined ? "–" : `${rotation.ageDays}d`,
      colour(rotation?.state === "overdue" ? "overdue" : left),
      ...(verdict === undefined ? [] : [verdictColour(verdict, style)(verdictWords[verdict])]),
    ];
  });

const same = (text: string): string => text;

const verdictColour = (verdict: Verdict, { good, bad, warn }: Style) =>
  verdict === "accepted" ? good : verdict === "refused" || verdict === "forbidden" ? bad : warn;

interface Asked {
  readonly verdict?: Verdict;
  readonly warning?: string;
}

const unasked: Asked = {};

/** A key in a variable is checked with the gateway of the settings, and where that takes none, with nobody. */
const ask = ({ gateway, baseUrl, source, used, key }: KnownKey, output: OutputShape): Effect.Effect<Asked> =>
  Effect.gen(function* () {
    if (baseUrl === undefined || (source === "variable" && !used)) return unasked;
    output.status(`asking ${gateway}`);
    const { verdict } = yield* checkKey({ baseUrl, pipelines: ["text-to-image"] }, yield* key);
    return { verdict };
    // One keychain that is locked leaves the other keys to be checked.
  }).pipe(Effect.catch(({ message }) => Effect.succeed({ warning: message })));

const warningsOf = (known: ReadonlyArray<KnownKey>): Array<string> => [
  ...known.flatMap(({ gateway, rotation }) => {
    const warning = rotation === undefined ? undefined : rotationWarning(gateway, rotation);
    return warning === undefined ? [] : [warning];
  }),
  ...(isOpenToOthers(process.env)
    ? [`others can read ${keyFile(process.env)}: chmod 600 it, and replace its keys`]
    : []),
];

const toResult = (
  { gateway, baseUrl, source, where, fingerprint, rotation, added, kind, used }: KnownKey,
  verdict: Verdict | undefined,
): AuthStatus["keys"][number] => ({
  ...{ gateway, source, where, fingerprint, used },
  baseUrl: baseUrl ?? null,
  added: added ?? null,
  ageDays: rotation?.ageDays ?? null,
  rotateBy: rotation?.rotateBy ?? null,
  rotation: rotation?.state ?? "unknown",
  kind: kind ?? null,
  check: verdict ?? null,
});
