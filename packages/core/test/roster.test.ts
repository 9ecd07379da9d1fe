/** Those that come and go: whoever came and has not gone is there, once. */
import { assert, describe, it } from "@effect/vitest";
import * as fc from "fast-check";
import { Member, Roster } from "../src/call/Roster.ts";

describe("a roster", () => {
  it("holds what a set holds", () => {
    const step = fc.record({ comes: fc.boolean(), who: fc.nat(8) });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const all = Array.from({ length: 9 }, () => new Member());
        const roster = new Roster<Member>();
        const set = new Set<Member>();
        for (const { comes, who } of steps) {
          const member = all[who] ?? assert.fail("there are nine");
          if (!comes) assert.strictEqual(roster.delete(member), set.delete(member));
          else if (!set.has(member)) {
            roster.add(member);
            set.add(member);
          }
          assert.strictEqual(roster.size, set.size);
          assert.sameMembers([...roster], [...set]);
        }
      }),
      { numRuns: 1_000 },
    );
  });
});
