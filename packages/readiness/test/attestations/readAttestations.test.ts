import { describe, expect, it } from "vitest";
import { readAttestations } from "../../src/index.ts";

const entry = (more: Readonly<Record<string, string>> = {}): string => {
  const fields = { id: '"S1"', by: '"Ada"', on: '"2026-11-22"', until: '"2026-12-01"', evidence: '"a page"', ...more };
  return ["[[attestations]]", ...Object.entries(fields).map(([name, value]) => `${name} = ${value}`)].join("\n");
};
const without = (field: string): string => entry().replace(new RegExp(`^${field} = .*$`, "m"), "");
const mistakeIn = (toml: string): string | undefined => {
  const read = readAttestations(toml);
  return read.ok ? undefined : read.mistake;
};

describe("a file of attestations", () => {
  const ada = { id: "S1", by: "Ada", on: "2026-11-22", until: "2026-12-01", evidence: "a page" };

  it("has their dates as texts, or as TOML's own", () => {
    for (const toml of [entry(), entry({ on: "2026-11-22", until: "2026-12-01" })])
      expect(readAttestations(toml)).toEqual({ ok: true, attestations: [ada] });
  });

  it("may be empty", () => {
    expect(readAttestations("# nothing yet")).toEqual({ ok: true, attestations: [] });
  });
});

describe("a mistake names the attestation and the field:", () => {
  it.each([
    { toml: entry({ until: '"soon"' }), mistake: 'attestation 1 (S1): until must be a date, such as "2026-11-22"' },
    { toml: entry({ on: "2026-11-22T10:00:00Z" }), mistake: "attestation 1 (S1): on must be a date" },
    { toml: entry({ on: "10:00:00" }), mistake: "attestation 1 (S1): on must be a date" },
    { toml: entry({ until: '"2026-11-21"' }), mistake: "attestation 1 (S1): until must not be before `on`" },
    { toml: `${entry()}\n${entry({ id: '"O5"', by: '""' })}`, mistake: "attestation 2 (O5): by must name who says so" },
    {
      toml: entry({ id: '"billing"' }),
      mistake: 'attestation 1 (billing): id must be the id of a check, such as "S1"',
    },
    { toml: without("id"), mistake: "attestation 1: id is required" },
    { toml: without("evidence"), mistake: "attestation 1 (S1): evidence is required" },
    {
      toml: `${entry()}\nuntill = 1`,
      mistake: "attestation 1 (S1): untill is not a known field (Did you mean until?)",
    },
    { toml: "attestation = []", mistake: "attestation is not a known field (Did you mean attestations?)" },
    { toml: "attestations = 1", mistake: "attestations" },
    { toml: "attestations = [1]", mistake: "attestation 1: " },
  ])("$mistake", ({ toml, mistake }) => {
    expect(mistakeIn(toml)).toContain(`launch.attest.toml: ${mistake}`);
  });

  it("each of several", () => {
    expect(mistakeIn(entry({ by: '""', evidence: '""' }))).toMatch(
      /: by must .*; attestation 1 \(S1\): evidence must /,
    );
  });

  it("or the line that is not TOML", () => {
    expect(mistakeIn("\n[[attestations]]\nid = S1\n")).toBe("launch.attest.toml is not TOML in line 3");
  });
});
