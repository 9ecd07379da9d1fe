/** What a program that is broken, or a person who is curious, puts where something else belongs. */
import fc from "fast-check";

/** Own names of objects, and names that mean something to parsers. */
export const strangeNames = fc.constantFrom(
  ...["extra", "__proto__", "constructor", "prototype", "toString", "hasOwnProperty", "", " ", "a.b", "a[b]", "a[]"],
  ...['"', "\\", "\u0000", "\r\n", "ünï", "🦊", "PROMPT", "prompt ", "x".repeat(2_000), "stream", "then", "length"],
);

export const strangeTexts = fc.oneof(
  fc.string({ unit: "binary", maxLength: 60 }),
  fc.string({ unit: "grapheme", maxLength: 60 }),
  fc.constantFrom(
    ...[
      "",
      " ",
      "\t\n",
      "\u0000",
      "\uFEFF",
      "\u202Egpj.exe",
      "\uD800",
      "a\uDFFFb",
      "e\u0301".repeat(40),
      "👩‍👩‍👧‍👦".repeat(20),
    ],
    ...["||||", "|", "null", "undefined", "NaN", "true", "0", "-1", "1e999", "../../etc/passwd", "<script>", "{{7*7}}"],
    ...[
      "data: [DONE]\n\n",
      "\r\nSet-Cookie: a=b",
      "--boundary",
      "%00%zz",
      "'; DROP TABLE keys; --",
      "https://[::1",
      "auto",
    ],
  ),
);

/** Of any type. */
export const strangeValues: fc.Arbitrary<unknown> = fc.oneof(
  strangeTexts,
  fc.constantFrom(
    null,
    true,
    false,
    0,
    -0,
    -1,
    1.5,
    64.5,
    1e21,
    1e308,
    -1e308,
    5e-324,
    2 ** 53,
    -(2 ** 53),
    4_294_967_296,
  ),
  fc.constantFrom<unknown>(
    [],
    {},
    [[]],
    [null],
    [{}],
    ["x"],
    { length: 1 },
    { then: 1 },
    { toString: 1 },
    { type: "text" },
  ),
  fc.jsonValue({ maxDepth: 3 }),
);

/** Longer, wider and deeper than anyone writes (but not too deep for a runner, which is Python); some are longer than a body may be. `bytes`: how long that is. */
export const hugeValues = (bytes: number): fc.Arbitrary<unknown> =>
  fc.oneof(
    fc.constantFrom(0.1, 0.5, 0.9, 1, 1.1).map((share) => "x".repeat(Math.round(bytes * share))),
    fc.constantFrom("🦊", "\u0000", "|", "\\", " ").map((one) => one.repeat(bytes / 16)),
    fc.constantFrom(100, bytes / 4, bytes).map((length) => Array.from({ length }, () => 0)),
    fc.constantFrom(100, 800).map((depth) => nested(depth)),
    fc
      .constantFrom(200, bytes / 16)
      .map((count) => Object.fromEntries(Array.from({ length: count }, (_, at) => [`k${at}`, 1]))),
  );

const nested = (depth: number): unknown => {
  let value: unknown = 1;
  for (let level = 0; level < depth; level += 1) value = level % 2 === 0 ? [value] : { a: value };
  return value;
};
