import { isGatewayError } from "@sluice/errors";
import { describe, expect, it } from "vitest";
import { readSettings } from "../../src/index.ts";

/** What is wrong, a line each, with what to do. */
const mistakesIn = (toml: string): ReadonlyArray<string> => {
  try {
    readSettings(toml);
    return [];
  } catch (error) {
    if (!isGatewayError(error, "InvalidConfiguration")) throw error;
    return error.fields.map(({ path, message, fix }) => `${path} ${message} | ${fix ?? ""}`);
  }
};

describe("launch.toml", () => {
  it("may say nothing", () => {
    const { keys, scan, proxies, models, cost, monitoring } = readSettings("");
    expect({ keys, scan, proxies, models, cost, monitoring }).toEqual({
      ...{ keys: [], scan: { exclude: [], allow: [] }, proxies: [], models: [], cost: {}, monitoring: {} },
    });
  });

  it("has what is usual where a list's entry leaves it out", () => {
    const { keys, models } = readSettings(`
      [[keys]]
      name = "studio"
      rotated = 2026-11-01
      [[models]]
      pipeline = "text-to-image"
      model = "SG161222/RealVisXL_V4.0_Lightning"
    `);
    expect(keys).toMatchObject([{ name: "studio", rotated: Date.parse("2026-11-01") }]);
    expect(models[0]).toMatchObject({ latency_sensitive: true, calls: 20, concurrency: 4 });
  });

  it.each([
    ["2026-11-01", "2026-11-01T00:00:00Z"],
    ['"2026-11-01"', "2026-11-01T00:00:00Z"],
    ["2026-11-01T10:00:00Z", "2026-11-01T10:00:00Z"],
    ['"2026-11-01T10:00:00+02:00"', "2026-11-01T08:00:00Z"],
    ["2026-11-01T10:00:00+02:00", "2026-11-01T08:00:00Z"],
  ])("has dates of TOML and dates in quotes: %s", (written, meant) => {
    const [key] = readSettings(`[[keys]]\nname = "studio"\nrotated = ${written}`).keys;
    expect(key?.rotated).toBe(Date.parse(meant));
  });
});

const key = (rotated: string): string => `[[keys]]\nname = "studio"\nrotated = ${rotated}`;
const noDate = 'keys.0.rotated must be a date, such as "2026-11-01" | It must be a date, such as "2026-11-01".';
const noUsd = (name: string): string =>
  `cost.${name} must be a decimal of USD in quotes, such as "0.05" | It must be a decimal of USD in quotes, such as "0.05".`;

describe("a mistake in launch.toml is told with its path and what to do:", () => {
  it.each([
    ["gatway = 'x'", "gatway is not a known field | Did you mean gateway?"],
    ["[cost]\nbudjet = '9'", "cost.budjet is not a known field | Did you mean budget?"],
    [`${key("2026-11-01")}\nkeind = "x"`, "keys.0.keind is not a known field | Did you mean kind?"],
    [
      "[incident]\ncontact = 'x'\nwhatever_else = 1",
      "incident.whatever_else is not a known field | Leave it out; the fields are contact.",
    ],
    ["[incident]", "incident.contact is required | Add it: a text, in quotes."],
    ["[incident]\ncontact = ''", "incident.contact must not be empty | Give at least 1 characters."],
    ["timeout_seconds = '300'", "timeout_seconds must be a number of seconds, more than 0 | "],
    ["timeout_seconds = 0", "timeout_seconds must be a number of seconds, more than 0 | "],
    ["gateway = 1", "gateway must be a text, in quotes | It must be a text, in quotes."],
    ["models = 'all'", "models "],
    [key("'last week'"), noDate],
    [key("'2026-02-30'"), noDate],
    [key("20261101"), noDate],
    [key("10:00:00"), noDate],
    ["[[keys]]\nname = 'studio'", "keys.0.rotated is required"],
    [`${key("2026-11-01")}\nkind = 'frontend'`, "keys.0.kind is none of the values that there are | "],
    ["[cost]\ncap = 0.05", noUsd("cap")],
    ["[cost]\ncap = '$0.05'", noUsd("cap")],
    ["[cost]\nbudget = '-1'", noUsd("budget")],
    ["[cost]\nbudget = ''", noUsd("budget")],
    ["[monitoring]\nprometheus = 'localhost'", 'monitoring.prometheus must be a URL, such as "http://127.0.0.1:9090"'],
    ["[monitoring]\nprometheus = 'http://me:pw@a.b'", "monitoring.prometheus must hold no user name and no password"],
    ["[monitoring]\nmetrics = 'https://token@a.b/m'", "monitoring.metrics must hold no user name and no password"],
    ["[[models]]\npipeline = 'llm'\nmodel = 'm'\ncalls = 0", "models.0.calls "],
    ["[[proxies]]\nname = 'nginx'", "proxies.0.timeout_seconds is required | Add it: a number."],
  ])("%j", (toml, mistake) => {
    const [first = "", ...more] = mistakesIn(toml);
    expect(first.slice(0, mistake.length)).toBe(mistake);
    expect(first).toMatch(/ \| \S/);
    expect(more).toEqual([]);
  });

  it("all of them at once", () => {
    expect(mistakesIn("gatway = 'x'\ntimeout_seconds = 0\n[cost]\ncap = 1").map((line) => line.split(" ")[0])).toEqual([
      ...["gatway", "timeout_seconds", "cost.cap"],
    ]);
  });

  it("or the line that is not TOML", () => {
    expect(mistakesIn("gateway = 'x'\n\nmodels =\n")).toEqual(["launch.toml is not TOML in line 3 | "]);
  });
});
