import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { attest, readAttestations } from "../../src/index.ts";
import { checkOf, inDays } from "../review/checks.ts";
import { now } from "../subject.ts";

const { cannot: _, ...decided } = checkOf("A1", "fail", { title: "no key is in the code" });
const checks = [decided, checkOf("S1", "manual"), checkOf("O5", "manual", { attestedDays: 7 })];
const word = { id: "O5", by: "Ada", evidence: "minutes of Monday" };
const attested = (more: Partial<Parameters<typeof attest>[0]> = {}, file?: string) =>
  attest({ ...word, ...more }, { now, checks, ...(file === undefined ? {} : { file }) });

describe("a person's word", () => {
  it("is of today, and counts as long as the check lets it", () => {
    const attestation = { ...word, on: "2026-11-22", until: "2026-11-29" };
    const made = attested();
    expect(made).toMatchObject({ ok: true, attestation });
    expect(made.ok && made.file)
      .toBe(`# What software cannot see, on the word of people. Written by \`sluice launch attest\`; review it like code.

[[attestations]]
id = "O5"
by = "Ada"
on = "2026-11-22"
until = "2026-11-29"
evidence = "minutes of Monday"
`);
  });

  it("may be of another day and for less time, and of an id in small letters", () => {
    const days = { on: inDays(-3), until: inDays(2) };
    expect(attested({ ...days, id: " o5 ", by: " Ada " })).toMatchObject({ attestation: { ...word, ...days } });
  });

  it("takes the place of an older one of the same check, and leaves the others", () => {
    const first = attested({ id: "S1" });
    const second = attested({ by: "Grace" }, first.ok ? first.file : "");
    const third = attested({ by: "Joan" }, second.ok ? second.file : "");
    const read = readAttestations(third.ok ? third.file : "");
    expect(read.ok && read.attestations.map(({ id, by }) => `${id} ${by}`)).toEqual(["S1 Ada", "O5 Joan"]);
  });
});

describe("the file of words is people's own:", () => {
  const file = `# Ours. Ask Ada first.

# The bill of October.
[[attestations]]
id = "O5"
by = "Grace" # of finance
on = 2026-11-01
# The next one is due on the 8th.
until = 2026-11-08
evidence = "the bill"

# Who is called at night.
[[attestations]]
id = 'S1'
by = 'Ada'
on = 2026-11-20
until = 2026-11-30
evidence = 'the list'
# Not yet: Joan.
`;

  const word = `id = "O5"
by = "Ada"
on = "2026-11-22"
until = "2026-11-29"
evidence = "minutes of Monday"
`;
  const [old = ""] = /^id = "O5"[^]*?the bill"\n/m.exec(file) ?? [];
  const fileAfter = (toml: string): string | undefined => {
    const made = attested({}, toml);
    return made.ok ? made.file : undefined;
  };

  it("a new word changes its table alone, and no comment that has a line of its own", () => {
    expect(fileAfter(file)).toBe(file.replace(old, `${word}# The next one is due on the 8th.\n`));
  });

  it("a first one of its check comes at the end", () => {
    const others = file.slice(file.indexOf("# Who"));
    for (const toml of [others, others.trimEnd()]) expect(fileAfter(toml)).toBe(`${others}\n[[attestations]]\n${word}`);
    expect(fileAfter("# Nothing yet.\n")).toBe(`# Nothing yet.\n\n[[attestations]]\n${word}`);
  });

  it("the ends of their lines stay, and their texts of several lines", () => {
    const several = file.replace("'the list'", "'''\na\n# b'''");
    const edited = several.replace(old, `${word}# The next one is due on the 8th.\n`);
    expect(fileAfter(several)).toBe(edited);
    expect(fileAfter(several.replaceAll("\n", "\r\n"))).toBe(edited.replaceAll("\n", "\r\n"));
  });

  it("of a check that has two words, the last one is replaced", () => {
    const twice = `${file}\n[[attestations]]\n${old}`;
    expect(fileAfter(twice)).toBe(`${file}\n[[attestations]]\n${word}# The next one is due on the 8th.\n`);
  });

  it("a line of a text that is replaced is no comment", () => {
    expect(fileAfter(file.replace('"the bill"', '"""\n# no comment\n"""'))).toBe(file.replace(old, word));
  });

  const disguised = file.replace('"Grace"', '"""Grace\n[[attestations]]\n"""');
  it.each([
    ["a list in one line", `attestations = [{ ${word.trim().replaceAll("\n", ", ")} }]`],
    ["words that look like TOML", disguised],
  ])("%s is left to them", (_, toml) => {
    expect(readAttestations(toml)).toMatchObject({ ok: true });
    expect(attested({}, toml)).toMatchObject({
      ok: false,
      mistake: "launch.attest.toml is written in a way that Sluice does not edit",
      fix: expect.stringContaining("or write that of O5 by hand: nothing was written") as string,
    });
  });
});

describe("a word that cannot count is refused:", () => {
  it.each([
    { of: "no check", given: { id: "Z9" }, mistake: "Z9 is no check", fix: "S1, O5." },
    {
      of: "what software decides",
      given: { id: "A1" },
      mistake: "A1 (no key is in the code) takes nobody's word, for software decides it: by a look",
      fix: "sluice launch check --only A1",
    },
    {
      of: "more days than the check lets it count",
      given: { until: inDays(8) },
      mistake: "until is 2026-11-30, and a person's word for O5 counts 7 days: until 2026-11-29",
      fix: "Leave until out, or give a day up to 2026-11-29",
    },
    { of: "a day that is to come", given: { on: inDays(1) }, mistake: "on is 2026-11-23, which is still to come" },
    { of: "what is over", given: { on: inDays(-9) }, mistake: "it would have counted until 2026-11-20, which is over" },
    { of: "an end before its beginning", given: { until: inDays(-1) }, mistake: "until must not be before `on`" },
    { of: "no day", given: { on: "yesterday" }, mistake: 'on must be a date, such as "2026-11-22"' },
    { of: "a day that no calendar has", given: { until: "2026-11-31" }, mistake: "until must be a date" },
    { of: "nobody", given: { by: " " }, mistake: "by must name who says so" },
    { of: "nothing to see", given: { evidence: "" }, mistake: "evidence must say where one can see it" },
  ])("$of", ({ given, mistake, fix = "" }) => {
    const made = attested(given);
    expect(made.ok ? undefined : made.mistake).toContain(mistake);
    expect(made.ok ? undefined : made.fix).toContain(fix);
  });

  it("when the file has mistakes, for it would be written anew", () => {
    const made = attested({}, "[[attestations]]\nid = 1");
    expect(made).toMatchObject({ ok: false, fix: "Correct launch.attest.toml first: nothing was written." });
  });
});

it("what is written is read again as it was said, whatever the words", () => {
  const words = fc.oneof(fc.string(), fc.string({ unit: "binary" })).map((text) => `x${text}x`);
  fc.assert(
    fc.property(words, words, (by, evidence) => {
      const made = attested({ by, evidence });
      const read = readAttestations(made.ok ? made.file : "");
      expect(read).toEqual({ ok: true, attestations: [{ ...word, by, evidence, on: inDays(0), until: inDays(7) }] });
    }),
    { numRuns: 50 },
  );
});
