/** `sluice doctor`. */
import * as Effect from "effect/Effect";
import * as Option from "effect/Option";
import type { DoctorInput } from "../commands/doctor.ts";
import { failed } from "../failures/Failed.ts";
import { Output } from "../output/Output.ts";
import type { Doctor } from "../results/doctor.ts";
import { loadSettings } from "../settings/Settings.ts";
import { allChecks } from "./checks.ts";
import { reportOf, sumOf } from "./report.ts";
import { runChecks } from "./runChecks.ts";

/** After the deadline of who waits for an answer, so that it can say what it waited for. */
const graceMs = 1_000;

export const run = ({ gateway, timeout }: DoctorInput) =>
  Effect.gen(function* () {
    const output = yield* Output;
    // What is wrong with them is a finding, not the end.
    const settings = yield* Effect.option(loadSettings({ gateway }));
    const checks = allChecks({
      env: process.env,
      folder: process.cwd(),
      settings: Option.getOrUndefined(settings),
      isNamed: Option.isSome(gateway),
      screen: {
        isTerminal: output.isTerminal,
        columns: output.columns,
        hasColours: output.style.bold("") !== "",
      },
      timeoutMs: timeout,
    });
    let done = 0;
    const tell = (title: string) => output.status(`${done} of ${checks.length} checks  ${title}`);
    tell("begins");
    const checked = yield* Effect.promise(() =>
      runChecks(checks, {
        deadlineMs: timeout + graceMs,
        onChecked: ({ title, group }) => {
          done += 1;
          tell(`${group}: ${title}`);
        },
      }),
    );
    output.status(undefined);
    output.product(`${reportOf(checked, output.style, output.columns)}\n`);
    const sum = sumOf(checked);
    const result: Doctor = {
      message: sum,
      checks: checked.map(({ id, status, title, detail, fix, ms }) => ({ id, status, title, detail, fix, ms })),
    };
    const failures = checked.filter(({ status }) => status === "failed");
    if (failures.length === 0) {
      output.product(`${output.style.good("✔")} ${sum}\n`);
      output.done(result);
      return;
    }
    return yield* failed("SLUICE-FINDINGS", {
      message: sum,
      fix: failures[0]?.fix ?? "",
      detail: { checks: result.checks },
    });
  });
