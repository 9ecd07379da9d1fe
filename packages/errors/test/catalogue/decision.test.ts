/** docs/decisions/retry-policies.md says what the code does: its tables are generated, and its prose is checked. */
import { describe, expect, it } from "@effect/vitest";
import * as Duration from "effect/Duration";
import { policyTables } from "../../src/catalogue/policyTables.ts";
import { withPolicyTables } from "../../src/catalogue/index.ts";
import { ColdOrNoCapacity, explain, RateLimited, RetryBucket, RetryPolicy } from "../../src/index.ts";
import { subject } from "../wire.ts";
import { decision, stale } from "./readPages.ts";

const { recipes, standard } = RetryPolicy;
const unavailable = new ColdOrNoCapacity({ ...subject, signal: "unavailable", status: 503 });
const limited = new RateLimited(subject);

const { capacity } = RetryBucket.make();
const cost = RetryBucket.costOf(new ColdOrNoCapacity({ ...subject, signal: "closed", status: null }));

describe("the decision on retries", () => {
  it("has the tables as the code makes them", () => {
    expect(decision, stale).toBe(withPolicyTables(decision));
  });

  it("has a row for each policy in both tables", () => {
    const tables = policyTables();
    for (const name of Object.keys(recipes)) expect(tables.split(`| \`${name}\` `)).toHaveLength(3);
  });

  it("must have a place for the tables", () => {
    expect(() => withPolicyTables("# Another page\n")).toThrow("no place for the tables");
  });

  it.each([
    `the last attempt begins ${Duration.toSeconds(recipes.cold.lastChance)} s before the deadline`,
    `full jitter, ${recipes.rateLimited.retries} retries`,
    `add up to ${explain(standard, limited).longestMs / 1_000} s at most`,
    `**500: ${recipes.inference.retries} retry**`,
    `**No connection: ${recipes.connection.retries} quick retries.**`,
    `it holds ${capacity} tokens; a retry takes ${cost}, after a rate limit ${RetryBucket.costOf(limited)};`,
    `about one call in ${cost} may be retried for long, and ${Math.floor(capacity / cost)} at once`,
    `at ${cost} tokens for each, two callers`,
  ])("says: %s", (words) => {
    expect(decision).toContain(words);
  });

  it("keeps the cold policy within the goal that it names", () => {
    const { attempts } = explain(standard, unavailable);
    expect(decision).toContain("no more than 20 attempts in 300 s");
    expect(attempts.most).toBeLessThanOrEqual(20);
    expect((recipes.cold.factor - 1) / 2).toBeLessThanOrEqual(0.25);
    // Two callers who waited for a cold model at the price of other retries would empty the bucket.
    expect(2 * (attempts.least - 1) * cost).toBeGreaterThan(capacity);
    expect(RetryBucket.costOf(unavailable)).toBe(0);
  });

  it("sums up Livepeer's own guide correctly", () => {
    const waits = [0, 1, 2, 3, 4].map((retry) => Math.min(5_000 * 1.5 ** retry, 60_000));
    const seconds = waits.reduce((sum, wait) => sum + wait, 0) / 1_000;
    expect(decision).toContain(`${seconds.toFixed(1)} s`);
  });
});
