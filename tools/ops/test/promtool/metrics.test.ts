import { expect, it } from "vitest";
import { metricsText } from "../traffic.ts";
import { promtool } from "./promtool.ts";

it("Prometheus finds nothing to object to in what a program exposes", () => {
  const { ok, text } = promtool(["check", "metrics"], metricsText());
  expect(text).toBe("");
  expect(ok).toBe(true);
});
