/** `redact` by itself: what it takes out of a text, and what it leaves there. */
import { describe, expect, it } from "@effect/vitest";
import fc from "fast-check";
import { redact } from "../../src/index.ts";
import { leaks, oddKeys, reversible, type Spelling, spellings, waysToWrite } from "../keys.ts";

const key = "sk-live-7c1d0e5f";

/** A backslash at the end may stay behind, as a part of what follows it. */
const wholeKeys = oddKeys.filter(([, odd]) => !odd.endsWith("\\"));

describe("redact", () => {
  it.each(wholeKeys)("puts a mark in the place of a key with %s, and keeps the rest", (_, odd) => {
    for (const [name, form] of waysToWrite(odd)) {
      expect([name, redact(`before ${form} after ${form} .`, [odd])]).toEqual([
        name,
        "before <redacted> after <redacted> .",
      ]);
    }
  });

  it.each(wholeKeys)("finds a key with %s within a larger word", (_, odd) => {
    for (const [name, form] of waysToWrite(odd)) {
      if (name.startsWith("base64")) continue;
      expect([name, redact(`id_${form}_id.`, [odd])]).toEqual([name, "id_<redacted>_id."]);
    }
  });

  it.each(["sk-1234%", "sk-1234\\", "sk-1234&"])(
    "finds %s, whose end may be read together with what follows",
    (odd) => {
      for (const [name, form] of waysToWrite(odd)) {
        for (const next of ["41", "n", ".", "amp;", "#65;", '"', "\\"]) {
          const clean = redact(`no token ${form}${next}`, [odd]);
          expect([name, next, leaks(clean, odd.slice(0, -1))]).toEqual([name, next, []]);
          expect(clean).toMatch(/^no token <redacted>/);
        }
      }
    },
  );

  it("keeps what is escaped beside a key as it was", () => {
    const around = String.raw`{\"a\":\"%41 %2541 \u0041 \\n &amp; &#65; ü é\" } C:\new %zz &&`;
    expect(redact(`${around} ${key} ${around}`, [key])).toBe(`${around} <redacted> ${around}`);
    expect(redact(`\\"${key}\\"`, [key])).toBe('\\"<redacted>\\"');
  });

  it.each([`%${key}`, `%5${key}`, `\\${key}`, `\\u00${key}`, `&${key}`, `&amp${key}`])(
    "finds a key that what stands before it swallows when it is read as an escape: %s",
    (text) => {
      for (const odd of [key, "5c3a9f10-9b1d", "nightly-key-1", "u0041-key-12"]) {
        const begun = text.replace(key, "");
        expect(redact(`${begun}${odd};`, [odd])).toMatch(/^[^a-z]*(u00|amp)?<redacted>;$/);
      }
    },
  );

  it("marks what touches once", () => {
    expect(redact(`${key}${key}, ${key}.`, [key])).toBe("<redacted>, <redacted>.");
  });

  it("takes the beginning of a key for the key, when it is telling", () => {
    expect(redact("no token sk-live-7c1d0… found", [key])).toBe("no token <redacted>… found");
    expect(redact("no token sk-live-7c1d found", [key])).toBe("no token <redacted> found");
    expect(redact("no token sk-live-7c1 found", [key])).toBe("no token sk-live-7c1 found");
  });

  it("leaves a text without a key as it is", () => {
    for (const text of ["no token sk-test found", "", "100 % of C:\\temp &c. \\", "schlüssel"]) {
      expect(redact(text, [key])).toBe(text);
      expect(redact(text, [])).toBe(text);
    }
  });
});

/** A key that repeats itself may take a letter or two with it. */
const onlyTheKey = /^before <redacted> ?a?fter\.$/;

/** Any key whose characters are those of a header, also one of characters that escapes are made of. */
const keys = fc
  .oneof(
    fc.constantFrom(...oddKeys.map(([, odd]) => odd)),
    fc.string({ minLength: 6, maxLength: 40 }),
    fc.string({ unit: fc.constantFrom(...Array.from("ab5\\\"'%&;#<xu 2n/+")), minLength: 6, maxLength: 20 }),
  )
  .map((text) => text.trim())
  .filter((text) => text.length > 5 && !text.endsWith("\\"));

describe("a key that was written by one program within what another one wrote", () => {
  const chains = fc.array(fc.constantFrom<Spelling>(...reversible), { minLength: 1, maxLength: 3 });
  const writeAll = (text: string, chain: ReadonlyArray<Spelling>): string =>
    chain.reduce((written, name) => spellings[name](written), text);

  it("is found", () => {
    fc.assert(
      fc.property(keys, chains, (odd, chain) => {
        expect(redact(`before ${writeAll(odd, chain)} after.`, [odd])).toMatch(onlyTheKey);
      }),
      { numRuns: 1000 },
    );
  });

  it("is found when it was written five times over, in the order that is the hardest to undo", () => {
    const entities: Spelling = "HTML with decimal numbers";
    const chain: ReadonlyArray<Spelling> = [entities, entities, entities, "percent of every byte"];
    const form = writeAll(key, [...chain, "JSON with every letter's number"]);
    expect(redact(`before ${form} after`, [key])).toBe("before <redacted> after");
  });

  it("is found, also when its letters are nobody's", () => {
    const letters = fc.string({ unit: "grapheme", minLength: 6, maxLength: 40 }).filter((text) => /\S{6}/.test(text));
    fc.assert(
      fc.property(letters, chains, (odd, chain) => {
        expect(leaks(redact(`before ${writeAll(odd, chain)} after.`, [odd]), odd.trim())).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it("is found, also when its letters are written in different ways", () => {
    const ways = fc.array(fc.constantFrom<Spelling>(...lettered), { minLength: 40, maxLength: 40 });
    const withoutBackslash = keys.filter((odd) => !odd.includes("\\"));
    fc.assert(
      fc.property(withoutBackslash, ways, (odd, chosen) => {
        const form = Array.from(odd, (letter, index) => writeLetter(letter, chosen[index] ?? "percent")).join("");
        expect(redact(`before ${form} after.`, [odd])).toMatch(onlyTheKey);
      }),
      { numRuns: 1000 },
    );
  });
});

/** Those of one letter that leave the ones beside it alone. */
const lettered = reversible.filter((name) => name !== "plain");

/** What escapes begin with is never left as it is, for no program does. */
const writeLetter = (letter: string, name: Spelling): string => {
  const form = spellings[name](letter);
  return form === letter && /[%&\\]/.test(letter) ? spellings.percent(letter) : form;
};

describe("a key that repeats itself", () => {
  /** What a search that tries every place takes out. */
  const searched = (text: string, secret: string): string => {
    const hidden = Array.from(text, () => false);
    for (let start = 0; start < text.length; start++) {
      let length = 0;
      while (length < secret.length && text[start + length] === secret[length] && start + length < text.length)
        length++;
      const telling = start + length === text.length ? 5 : 12;
      if (length >= Math.min(telling, secret.length)) hidden.fill(true, start, start + length);
    }
    const marks = Array.from(text, (letter, place) => (hidden[place] === true ? "*" : letter)).join("");
    return marks.replace(/\*+/g, "<redacted>");
  };

  it("is found wherever it begins, also within its own beginning", () => {
    const two = fc.string({ unit: fc.constantFrom("a", "b"), maxLength: 30 });
    const secrets = fc.string({ unit: fc.constantFrom("a", "b"), minLength: 6, maxLength: 20 });
    fc.assert(
      fc.property(two, secrets, two, (before, secret, after) => {
        const text = `${before}${secret}${after}`;
        expect(redact(text, [secret])).toBe(searched(text, secret));
        expect(redact(`${text}.`, [secret])).toBe(searched(`${text}.`, secret));
      }),
      { numRuns: 1000 },
    );
  });
});

describe("several secrets", () => {
  it.each([
    [["sk-live-7c1d", "sk-live-7c1d-0e5f-9a"]],
    [["sk-live-7c1d-0e5f-9a", "sk-live-7c1d"]],
    [["sk-live-7c1d-0e5f-9a", "7c1d-0e5f", "sk-live-7c1d"]],
  ])("are all hidden, also when one contains another: %j", (secrets) => {
    expect(redact("sk-live-7c1d-0e5f-9a and sk-live-7c1d", secrets)).toBe("<redacted> and <redacted>");
  });

  it("are hidden where they overlap", () => {
    expect(redact("no token abcdefghijkl found", ["abcdefgh", "efghijkl"])).toBe("no token <redacted> found");
  });

  it("are hidden in different forms at once", () => {
    const text = `${spellings.base64("first-key-1")} ${spellings["percent of every byte"]("second-key-2")}`;
    expect(redact(text, ["first-key-1", "second-key-2"])).toBe("<redacted> <redacted>");
  });
});

describe("a secret that is hardly one", () => {
  it("is nothing when it is empty or blank, for that is everywhere", () => {
    expect(redact("no token found", ["", " ", "\n\t"])).toBe("no token found");
  });

  it.each([
    ["k", "to<redacted>en 7, 42 and %41: to<redacted>en"],
    ["7", "token <redacted>, 42 and %41: token"],
    ["42", "token 7, <redacted> and %41: token"],
    ["tok", "<redacted>en 7, 42 and %41: <redacted>en"],
    ["toke", "<redacted>n 7, 42 and %41: <redacted>n"],
  ])("goes like any other when it is short: %s", (short, clean) => {
    expect(redact("token 7, 42 and %41: token", [short])).toBe(clean);
  });

  it("is found without the space around it, which headers lose", () => {
    expect(redact(`no token ${key} found`, [`  ${key}\r\n`])).toBe("no token <redacted> found");
    expect(redact(`no token ${spellings.base64(key)} found`, [`${key}\n`])).toBe("no token <redacted> found");
  });

  it("may be no well-formed text", () => {
    expect(redact("no token \ud800-sk-live found", ["\ud800-sk-live"])).toBe("no token <redacted> found");
  });

  it("may hold letters that a header's bytes have lost", () => {
    const lost = new TextDecoder().decode(Buffer.from("no token schlüssel-1 found", "latin1"));
    expect(lost).toContain("schl\ufffdssel");
    expect(redact(lost, ["schlüssel-1"])).toBe("no token <redacted> found");
    expect(redact("no token schl%FCssel-1 found", ["schlüssel-1"])).toBe("no token <redacted> found");
  });
});

describe("credentials of anybody", () => {
  it.each(["Bearer ", "bearer  ", "BEARER:", "Bearer: ", "Basic ", "basic:", "Bearer%20", "Bearer+", "bearer%3a%20"])(
    "are hidden after %j",
    (scheme) => {
      const text = redact(`{"Authorization":"${scheme}sk-other-1", "next": 1}`, []);
      expect(text).toBe(`{"Authorization":"${scheme}<redacted>", "next": 1}`);
    },
  );

  it.each([
    ['{"bearer":"sk-other-1"}', '{"bearer":"<redacted>"}'],
    [String.raw`{\"basic\": \"c2stb3RoZXI=\"}`, String.raw`{\"basic\": \"<redacted>"}`],
    ["Bearer 'sk-other-1'", "Bearer '<redacted>'"],
    ["Bearer token-123", "Bearer <redacted>"],
    ["bearer key=123", "bearer <redacted>"],
    ["Basic authority7", "Basic <redacted>"],
  ])("are hidden in %s", (text, clean) => {
    expect(redact(text, [])).toBe(clean);
  });

  it("are marked once, with the caller's key in them", () => {
    const basic = Buffer.from(`me:${key}`).toString("base64");
    expect(basic).toMatch(/==$/);
    expect(redact(`Authorization: Basic ${basic}, again`, [key])).toBe("Authorization: Basic <redacted>, again");
    expect(redact(`Bearer ${key}, again`, [key])).toBe("Bearer <redacted>, again");
  });

  it.each([
    "Invalid bearer token.",
    "Invalid bearer token: it has expired",
    "bearer tokens (see the manual) are needed",
    "use Bearer authentication, not basic authentication",
    "basic auth",
    'only "Basic credentials" work',
    "the bearer scheme; a bearer key!",
    "Basic authorization is off",
    "a forbearer is no scheme",
    "Bearer",
  ])("are not seen in a sentence: %s", (sentence) => {
    expect(redact(sentence, [])).toBe(sentence);
    expect(redact(sentence, [key])).toBe(sentence);
  });
});
