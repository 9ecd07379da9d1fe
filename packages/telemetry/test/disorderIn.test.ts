import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type CallEvent, disorderIn } from "../src/index.ts";
import { anyStory, story } from "./story.ts";

const [started, first, firstEnded, waiting, opened, second, answered, ended] = story;

describe("the events of calls that are over", () => {
  it("are in order, whatever was tried and waited for", () => {
    fc.assert(
      fc.property(anyStory(), (events) => {
        expect(disorderIn(events)).toEqual([]);
      }),
    );
  });

  it("may be interleaved", () => {
    const both = fc.tuple(anyStory("req_1"), anyStory("req_2"), fc.array(fc.boolean()));
    fc.assert(
      fc.property(both, ([one, other, turns]) => {
        const [left, right] = [[...one], [...other]];
        const mixed = turns.flatMap((turn) => (turn ? left : right).splice(0, 1));
        expect(disorderIn([...mixed, ...left, ...right])).toEqual([]);
      }),
    );
  });

  it("may be none", () => {
    expect(disorderIn([])).toEqual([]);
  });

  it("are missed, each of them but a wait that no opening follows", () => {
    fc.assert(
      fc.property(anyStory(), fc.nat(), (events, any) => {
        const place = any % events.length;
        const { type } = events[place] as CallEvent;
        const free = type === "gate-opened" || (type === "waiting" && events[place + 1]?.type !== "gate-opened");
        const left = events.toSpliced(place, 1);
        expect(disorderIn(left).length > 0).toBe(!free && left.length > 0);
      }),
    );
  });

  it("come once, but for a wait", () => {
    fc.assert(
      fc.property(anyStory(), fc.nat(), (events, any) => {
        const place = any % events.length;
        const twice = events[place] as CallEvent;
        expect(disorderIn(events.toSpliced(place, 0, twice)).length > 0).toBe(twice.type !== "waiting");
      }),
    );
  });
});

describe("what is out of order", () => {
  const elsewhere = { gateway: "go-livepeer" };
  const failed = { ...answered, outcome: "SLUICE-500-INFERENCE" };
  const table: ReadonlyArray<readonly [string, ReadonlyArray<CallEvent>, ReadonlyArray<string>]> = [
    [
      "no start",
      [first, firstEnded, { ...ended, outcome: "SLUICE-503-COLD", attempts: 1 }],
      [
        "req_1: event 1, attempt-started, comes before the call has started",
        "req_1: event 2, attempt-ended, is not of the attempt that is under way",
        "req_1: event 3, call-ended, counts other than 0 attempts",
      ],
    ],
    ["no end", [started, first, firstEnded], ["req_1: the call has no end"]],
    [
      "two starts",
      [started, started, { ...ended, outcome: "x", attempts: 0, statuses: [] }],
      ["req_1: event 2, call-started, starts the call again"],
    ],
    [
      "an event after the end",
      [...story, waiting],
      [
        "req_1: event 9, waiting, comes after the call's end",
        "req_1: event 9, waiting, comes after an attempt that succeeded",
        "req_1: event 9, waiting, counts other than 2 attempts",
      ],
    ],
    [
      "a wait within an attempt",
      [started, first, { ...waiting, attempt: 1 }, firstEnded, opened, second, answered, ended],
      [
        "req_1: event 3, waiting, comes while attempt 1 is under way",
        "req_1: event 5, gate-opened, comes without a wait at the gate",
      ],
    ],
    [
      "a gate that was not waited at",
      [started, first, firstEnded, { ...waiting, for: "pace" }, opened, second, answered, ended],
      ["req_1: event 5, gate-opened, comes without a wait at the gate"],
    ],
    [
      "attempts at once",
      [started, first, second, answered, ended],
      ["req_1: event 3, attempt-started, comes while attempt 1 is under way"],
    ],
    [
      "an attempt left out",
      [started, second, answered, ended],
      [
        "req_1: event 2, attempt-started, is not of attempt 1",
        "req_1: event 4, call-ended, counts other than 1 attempts",
      ],
    ],
    [
      "an attempt that ends elsewhere",
      [started, first, { ...firstEnded, ...elsewhere }, second, answered, ended],
      ["req_1: event 3, attempt-ended, is not of the attempt that is under way"],
    ],
    [
      "an attempt without an end",
      [started, first, { ...ended, outcome: "SLUICE-504-DEADLINE", attempts: 1, statuses: [null] }],
      ["req_1: event 3, call-ended, comes while attempt 1 is under way"],
    ],
    [
      "an attempt after success",
      [started, first, { ...firstEnded, outcome: "ok" }, second, answered, ended],
      [
        "req_1: event 4, attempt-started, comes after an attempt that succeeded",
        "req_1: event 5, attempt-ended, comes after an attempt that succeeded",
      ],
    ],
    [
      "success without an answer",
      [started, first, firstEnded, second, failed, ended],
      ["req_1: event 6, call-ended, disagrees with its last attempt"],
    ],
    [
      "a status left out",
      [started, first, firstEnded, second, answered, { ...ended, statuses: [200] }],
      ["req_1: event 6, call-ended, counts other than 2 attempts"],
    ],
    [
      "another pipeline",
      [started, first, firstEnded, { ...waiting, pipeline: "llm" }, opened, second, answered, ended],
      ["req_1: event 4, waiting, is of another pipeline"],
    ],
  ];

  it.each(table)("%s", (_, events, said) => {
    expect(disorderIn(events)).toEqual(said);
  });

  it("is not what fails over: another gateway and model from one attempt to the next", () => {
    const other = { gateway: "go-livepeer", model: "ByteDance/SDXL-Lightning", origin: "http://127.0.0.1:8937" };
    const events = [
      started,
      first,
      firstEnded,
      { ...second, ...other },
      { ...answered, ...other },
      { ...ended, ...other },
    ];
    expect(disorderIn(events)).toEqual([]);
  });
});
