import { assert, describe, it } from "vitest";
import { checkKeys } from "../../src/keys/checkKeys.ts";
import { KeySettings } from "../../src/keys/KeySettings.ts";
import { mintKey } from "../../src/keys/KeyText.ts";
import { entryOf, mistakesOf, secretOf } from "./keyring.ts";

const text = mintKey("live");
const entry = { name: "web", ...secretOf(text) };

/** The one mistake of an entry with these fields. */
const mistakeOf = (fields: Readonly<Record<string, unknown>>): string => {
  const mistakes = mistakesOf({ ...entry, ...fields });
  assert.lengthOf(mistakes, 1, mistakes.join("\n"));
  return mistakes[0] ?? "";
};

describe("an entry of a key", () => {
  it("needs a name, an id, a hash and a date, and allows all calls and no pages", () => {
    assert.deepStrictEqual(KeySettings.parse(entry), {
      ...entry,
      created: new Date("2026-11-23"),
      origins: [],
      admin: false,
      limits: {},
    });
    assert.deepStrictEqual(
      mistakesOf({}).map((mistake) => mistake.split(":")[0]),
      ["name is missing", "id is missing", "hash is missing", "created is missing"],
    );
  });

  it("takes a day, a moment with its zone, and the dates of TOML", () => {
    for (const created of ["2026-11-23", "2026-11-23T01:00:00+01:00", new Date("2026-11-23")]) {
      assert.deepStrictEqual(KeySettings.parse({ ...entry, created }).created, new Date("2026-11-23"));
    }
    for (const created of ["yesterday", "2026-02-30", "2026-11-23T01:00:00", new Date(NaN), 1]) {
      assert.match(mistakeOf({ created }), /^created must be a date, such as 2026-11-23,/);
    }
  });

  it("takes limits, lists and a rotation", () => {
    const more = {
      pipelines: ["text-to-image"],
      models: ["SG161222/RealVisXL_V4.0_Lightning"],
      origins: ["https://app.example", "http://localhost:3000"],
      admin: true,
      limits: { requestsPerMinute: 60, concurrency: 4, megapixelsPerMinute: 12.5 },
      previous: { ...secretOf(mintKey("live")), expires: "2026-11-26" },
    };
    const { previous } = more;
    assert.deepStrictEqual(KeySettings.parse({ ...entry, ...more }), {
      ...entry,
      ...more,
      created: new Date("2026-11-23"),
      pipelines: ["text-to-image"],
      previous: { ...previous, created: new Date("2026-11-23"), expires: new Date("2026-11-26") },
    });
  });
});

describe("a mistake in an entry", () => {
  it("is a key in the place of its hash, which is not repeated", () => {
    assert.strictEqual(mistakeOf({ hash: text }), "hash is a key; put its hash here, from `sluice-api key new`");
  });

  it("is a key anywhere else, which is not repeated either", () => {
    const places = [{ id: text }, { name: text }, { models: [text] }, { origins: [text] }, { pipelines: [text] }];
    const more = [{ [text]: true }, { created: text }, { limits: { [text]: 1 } }, { hash: `sha256:${text}` }];
    for (const fields of [...places, ...more]) {
      assert.notInclude(mistakeOf(fields), text.slice(22), Object.keys(fields)[0]);
    }
  });

  it("is a field that there is not", () => {
    assert.strictEqual(mistakeOf({ pipeline: ["llm"] }), "has a field that is none");
    assert.match(mistakeOf({ limits: { rpm: 60 } }), /^limits has a field/);
    assert.match(mistakeOf({ previous: { ...secretOf(text), expires: "2027-01-01", name: "a" } }), /^previous has a/);
  });

  it("is a pipeline that there is not", () => {
    assert.strictEqual(
      mistakeOf({ pipelines: ["text-to-imag"] }),
      "pipelines.0 is no pipeline: did you mean text-to-image?",
    );
  });

  it("is a list that allows none", () => {
    for (const field of ["pipelines", "models"]) assert.match(mistakeOf({ [field]: [] }), /^\w+ is empty/);
  });

  it("is an origin that is a pattern, or more than an origin", () => {
    const wrong = ["*", "https://*.example", "https://app.example/", "https://app.example/a", "app.example", "null"];
    for (const origin of [...wrong, "https://APP.example", "https://app.example:443", "file://"]) {
      assert.match(mistakeOf({ origins: [origin] }), /^origins\.0 must be one origin as browsers send it/, origin);
    }
  });

  it("is a name that is not fit for a log", () => {
    for (const name of ["", "a b", "a".repeat(65), "ä", 'a"', "a\n"])
      assert.match(mistakeOf({ name }), /^name must be/);
  });

  it("is a limit that allows nothing, or half a request", () => {
    for (const [field, value] of [
      ["requestsPerMinute", 0],
      ["concurrency", 1.5],
      ["megapixelsPerMinute", 0],
    ] as const) {
      assert.match(mistakeOf({ limits: { [field]: value } }), new RegExp(`^limits\\.${field} must be a`));
    }
  });

  it("is an end before the beginning, and a rotation without an end", () => {
    assert.strictEqual(mistakeOf({ expires: "2026-11-23" }), "expires must be later than `created`");
    assert.match(mistakeOf({ previous: secretOf(text) }), /^previous\.expires is missing/);
    assert.match(
      mistakeOf({ previous: { ...secretOf(text), expires: "2020-01-01" } }),
      /^previous\.expires must be later/,
    );
  });
});

describe("keys taken together", () => {
  it("are right when all differ", () => {
    assert.isEmpty(checkKeys([entryOf().entry, entryOf({ name: "batch" }).entry]));
  });

  it("must not share a name", () => {
    const [mistake, ...others] = checkKeys([entryOf().entry, entryOf().entry]);
    assert.deepStrictEqual(mistake, {
      path: "keys.1.name",
      message: "is the same as keys.0.name: give each key a name of its own",
    });
    assert.isEmpty(others);
  });

  it("must not share an id or a hash, not with a previous secret either", () => {
    const first = entryOf();
    const { id, hash, created } = first.entry;
    const second = entryOf({ name: "batch", previous: { id, hash, created, expires: "2027-01-01" } }).entry;
    assert.deepStrictEqual(
      checkKeys([first.entry, second]).map(({ path }) => path),
      ["keys.1.previous.id", "keys.1.previous.hash"],
    );
  });
});
