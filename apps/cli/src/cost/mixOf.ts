/** A mix of calls, from `--mix text-to-image=1000,width=512` or from a TOML file with `[[calls]]`. */
import { nearest } from "@sluice/models/facts";
import * as Effect from "effect/Effect";
import { readFileSync } from "node:fs";
import { type Failed, failed } from "../failures/Failed.ts";
import { noSuchPipeline, pipelineNamed } from "../pipelines.ts";
import { type Asked, mistakeInText } from "./askedOf.ts";

export interface Calls extends Asked {
  readonly callsPerDay: number;
  readonly gateway?: string;
}

/** What the file says besides; flags win over it. */
export interface Plan {
  readonly calls: ReadonlyArray<Calls>;
  readonly retryShare?: string;
  readonly growth?: string;
  readonly month?: string;
  readonly months?: number;
}

const numbers = ["width", "height", "count", "max_tokens", "seconds", "characters"] as const;
const texts = ["model", "gateway", "text"] as const;
const fieldNames: ReadonlyArray<string> = [...numbers, ...texts];
const planNames: ReadonlyArray<string> = ["calls", "retry_share", "growth_per_month", "month", "months"];

type Fields = Readonly<Record<string, unknown>>;

/** The value of one `--mix`. */
export const parseMix = (written: string): Effect.Effect<Calls, Failed> =>
  Effect.gen(function* () {
    const [first = "", ...rest] = written.split(",").map((part) => part.split("=", 2));
    const [pipeline = "", perDay = ""] = first;
    const fields = Object.fromEntries(rest.map(([name = "", value = ""]) => [name.trim().replaceAll("-", "_"), value]));
    return yield* callsOf(`--mix ${written}`, pipeline.trim(), perDay, fields);
  });

const callsOf = (where: string, pipelineName: string, perDay: unknown, fields: Fields): Effect.Effect<Calls, Failed> =>
  Effect.gen(function* () {
    const mistake = (message: string, fix: string) => failed("SLUICE-USAGE", { message: `${where}: ${message}`, fix });
    const pipeline = pipelineNamed(pipelineName);
    if (pipeline === undefined) return yield* noSuchPipeline(pipelineName);
    const callsPerDay = numberIn(perDay);
    if (callsPerDay === undefined || !Number.isSafeInteger(callsPerDay) || callsPerDay < 0) {
      return yield* mistake("how many calls a day is no whole number", `Write one, such as ${pipeline}=1000.`);
    }
    for (const [name, value] of Object.entries(fields)) {
      if (!fieldNames.includes(name)) {
        const meant = nearest(name, fieldNames);
        const fix = meant === undefined ? `The fields are ${fieldNames.join(", ")}.` : `Did you mean ${meant}?`;
        return yield* mistake(`"${name}" is no field of a mix`, fix);
      }
      const isNumber = (numbers as ReadonlyArray<string>).includes(name);
      if (isNumber ? numberIn(value) === undefined : typeof value !== "string") {
        return yield* mistake(`${name} must be a ${isNumber ? "number" : "text"}`, "Correct it.");
      }
    }
    const number = (name: (typeof numbers)[number]) => numberIn(fields[name]);
    const [model, gateway, text] = texts.map((name) => fields[name] as string | undefined);
    const characters = number("characters");
    const wrong = mistakeInText(text, characters);
    if (wrong !== undefined) return yield* mistake(wrong, "Give text, or characters within that.");
    return {
      ...{ pipeline, callsPerDay, model, width: number("width"), height: number("height"), count: number("count") },
      ...{ maxTokens: number("max_tokens"), seconds: number("seconds") },
      text: text ?? (characters === undefined ? undefined : "x".repeat(characters)),
      ...(gateway === undefined ? {} : { gateway }),
    };
  });

const numberIn = (value: unknown): number | undefined => {
  if (typeof value === "number") return value;
  return typeof value === "string" && /^\d+(\.\d+)?$/.test(value.trim()) ? Number(value) : undefined;
};

/** TOML is loaded only where there is some. */
export const readPlan = (path: string): Effect.Effect<Plan, Failed> =>
  Effect.gen(function* () {
    const { parse } = yield* Effect.promise(() => import("smol-toml"));
    const mistake = (message: string, fix = "Correct the file; see `sluice cost project --help`.") =>
      failed("SLUICE-USAGE", { message: `${path}: ${message}`, fix });
    const data = yield* Effect.try({
      try: (): Fields => parse(readFileSync(path, "utf8")),
      catch: (error) => mistake((error instanceof Error ? error.message : String(error)).split("\n")[0] ?? ""),
    });
    const strange = Object.keys(data).find((name) => !planNames.includes(name));
    if (strange !== undefined) return yield* mistake(`"${strange}" is none of ${planNames.join(", ")}`);
    const { calls: listed = [], month, months, retry_share: retryShare, growth_per_month: growth } = data;
    if (!Array.isArray(listed)) return yield* mistake("calls must be tables, each under [[calls]]");
    const calls = yield* Effect.forEach(listed as ReadonlyArray<Fields>, (one, place) => {
      const { pipeline, per_day: perDay, ...fields } = one;
      return callsOf(`${path}: calls ${place + 1}`, typeof pipeline === "string" ? pipeline : "", perDay, fields);
    });
    if (months !== undefined && typeof months !== "number") return yield* mistake("months must be a number");
    return {
      calls,
      // A share may stand with quotes or without: 0.1 is read as it is written.
      ...(retryShare === undefined ? {} : { retryShare: plain(retryShare) }),
      ...(growth === undefined ? {} : { growth: plain(growth) }),
      ...(month === undefined ? {} : { month: plain(month) }),
      ...(months === undefined ? {} : { months }),
    };
  });

const plain = (value: unknown): string => (typeof value === "string" ? value : JSON.stringify(value));
