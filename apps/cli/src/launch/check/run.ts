/** `sluice launch check`. */
import {
  checkLaunch,
  checks,
  type LaunchReport,
  openFolder,
  productionGateway,
  selected,
  type Subject,
  tallyOf,
} from "@sluice/readiness";
import * as Effect from "effect/Effect";
import * as Option from "effect/Option";
import { statSync } from "node:fs";
import { basename, resolve } from "node:path";
import type { CheckInput } from "../../commands/launch/check.ts";
import { failed } from "../../failures/Failed.ts";
import { openGateway } from "../../gateway/openGateway.ts";
import { keepHistory } from "../../history/keepHistory.ts";
import { Output, type OutputShape } from "../../output/Output.ts";
import type { LaunchCheck } from "../../results/launch.ts";
import type { Settings } from "../../settings/Settings.ts";
import { refuseUnknown } from "../checkNamed.ts";
import { idsOf } from "../only.ts";
import { attestationsOf, type Said, settingsOf } from "../settings.ts";
import { readBaseline, writeBaseline } from "./baseline.ts";
import { formats } from "./formats.ts";
import { makeProbe } from "./probe.ts";
import { mostToSpend } from "./mostToSpend.ts";
import { productionSettings } from "./productionSettings.ts";
import { subjectOf } from "./subjectOf.ts";

export const run = (input: CheckInput) =>
  Effect.gen(function* () {
    const output = yield* Output;
    const most = yield* mostToSpend(input);
    const only = idsOf(Option.getOrUndefined(input.only));
    if (only !== undefined) yield* refuseUnknown(only);
    const path = resolve(Option.getOrElse(input.folder, () => "."));
    if (statSync(path, { throwIfNoEntry: false })?.isDirectory() !== true)
      return yield* failed("SLUICE-USAGE", { message: `there is no folder ${path}`, fix: "Name one that is there." });

    const prometheus = Option.getOrUndefined(input.prometheus);
    if (prometheus !== undefined && !/^https?:$/.test(URL.parse(prometheus)?.protocol ?? ""))
      return yield* failed("SLUICE-USAGE", {
        message: `--prometheus: "${prometheus}" is no http(s) address`,
        fix: "Give the server's, such as http://127.0.0.1:9090.",
      });

    const folder = yield* openFolder(path);
    const said = overridden(yield* settingsOf(folder, Option.getOrUndefined(input.config)), input);
    const baseline = Option.isSome(input.baseline) ? yield* readBaseline(input.baseline.value) : undefined;
    const settings = yield* productionSettings(path, said);
    const probe = most === undefined ? undefined : yield* openProbe(settings, most);
    const subject = yield* subjectOf({ folder, said, settings, offline: input.offline, probe });
    const gateway = yield* productionGateway(subject);
    const report = yield* review(subject, output, {
      name: basename(path),
      failOn: input.failOn,
      attestations: yield* attestationsOf(folder),
      notes: said.file === undefined ? ["there is no launch.toml: `sluice init` writes one"] : [],
      ...(gateway === undefined ? {} : { gateway: gateway.profile.name }),
      ...(only === undefined ? {} : { only }),
      ...(baseline === undefined ? {} : { baseline }),
    });
    output.product(formats[input.format](report, { output, below: yield* folder.below }));
    if (Option.isSome(input.writeBaseline)) {
      yield* writeBaseline(input.writeBaseline.value, report);
      output.note(`wrote ${input.writeBaseline.value}: what is not well now, for --baseline`);
    }
    yield* conclude(report, output);
  }).pipe(Effect.scoped);

const overridden = (said: Said, { prometheus, metrics }: CheckInput): Said => ({
  ...said,
  settings: {
    ...said.settings,
    monitoring: {
      ...said.settings.monitoring,
      ...(Option.isSome(prometheus) ? { prometheus: prometheus.value } : {}),
      ...(Option.isSome(metrics) ? { metrics: metrics.value } : {}),
    },
  },
});

/** The limit is that of all probes together. */
const openProbe = (settings: Settings, maxCost: bigint) =>
  Effect.gen(function* () {
    if (settings.gateway.origin.from === "default" && settings.gateway_url.value === undefined) {
      const message = "--probe: nothing says which gateway production calls";
      return yield* failed("SLUICE-USAGE", { message, fix: 'Say so in launch.toml: gateway = "livepeer-studio".' });
    }
    const history = yield* keepHistory(settings);
    const unlimited = { ...settings, max_cost: { ...settings.max_cost, value: undefined } };
    const client = yield* openGateway(unlimited, { maxRetries: 0, onEvent: history.onEvent });
    return makeProbe(client, { maxCost, timeoutMs: settings.timeout.value });
  });

const review = (subject: Subject, output: OutputShape, options: Parameters<typeof checkLaunch>[1]) => {
  const all = selected(checks, options.only).length;
  let done = 0;
  const tell = (title: string) => output.status(`${done} of ${all} checks  ${title}`);
  tell("begins");
  const onResult = ({ group, title }: LaunchReport["checks"][number]): void => {
    done += 1;
    tell(`${group}: ${title}`);
  };
  return checkLaunch(subject, { ...options, onResult }).pipe(
    Effect.ensuring(Effect.sync(() => output.status(undefined))),
  );
};

const conclude = (report: LaunchReport, output: OutputShape) => {
  const blocking = report.checks.filter(({ blocks }) => blocks);
  if (report.ready) {
    const result: LaunchCheck = { message: `ready: ${tallyOf(report)}`, report };
    return Effect.sync(() => output.done(result));
  }
  const [only, ...more] = blocking;
  const fix = more.length === 0 ? only?.fix : undefined;
  return Effect.fail(
    failed("SLUICE-NOT-READY", {
      message: `not ready: ${tallyOf(report)}; held back by ${blocking.map(({ id }) => id).join(", ")}`,
      ...(typeof fix === "string" ? { fix } : {}),
      detail: { report },
    }),
  );
};
