import { assert, describe, it } from "vitest";
import { answeredWith, asking, messagesOf, savedAs } from "../src/chat/conversation.ts";
import { joined } from "../src/chat/promptOf.ts";
import { readLine } from "../src/chat/slash.ts";
import { priceOf } from "../src/chat/summary.ts";

describe("a line of a conversation", () => {
  it("is a command, something to say, or nothing", () => {
    assert.deepStrictEqual(readLine("  "), { kind: "nothing" });
    assert.deepStrictEqual(readLine("hello /reset"), { kind: "say", text: "hello /reset" });
    assert.deepStrictEqual(readLine("/reset"), { kind: "reset", rest: "" });
    assert.deepStrictEqual(readLine("/SYSTEM  be kind "), { kind: "system", rest: "be kind" });
    assert.deepStrictEqual(readLine("/quit"), { kind: "exit", rest: "" });
    assert.deepStrictEqual(readLine("/hlep"), { kind: "unknown", name: "hlep", meant: "help" });
    assert.deepStrictEqual(readLine("/etc/hosts is broken"), { kind: "say", text: "/etc/hosts is broken" });
  });
});

describe("a message", () => {
  it("is the argument, what is piped in, or both, without what is empty", () => {
    assert.strictEqual(joined("Sum up", "a\nb\n"), "Sum up\n\na\nb");
    assert.strictEqual(joined(undefined, "a\n"), "a");
    assert.strictEqual(joined("Sum up", " \n"), "Sum up");
    assert.strictEqual(joined(undefined, ""), "");
  });
});

describe("a conversation", () => {
  const said = answeredWith(asking({ system: "S", said: [] }, "Q"), "A");

  it("is sent with the system's message first", () => {
    assert.deepStrictEqual(
      messagesOf(said).map(({ role, content }) => `${role} ${content}`),
      ["system S", "user Q", "assistant A"],
    );
  });

  it("is saved as JSON where the file's name says so", () => {
    assert.deepStrictEqual(JSON.parse(savedAs("a.JSON", said)), messagesOf(said));
    assert.strictEqual(savedAs("a.md", said), "**System**\n\nS\n\n**You**\n\nQ\n\n**Model**\n\nA\n");
  });
});

describe("a price", () => {
  it("is exact, and says where it is not charged", () => {
    assert.strictEqual(priceOf({ usd: "0.0000064", charges: "usage" }), "$0.0000064");
    assert.strictEqual(priceOf({ usd: "0.01", charges: "nothing" }), "free here, $0.01 elsewhere");
    assert.strictEqual(priceOf({ usd: "unknown", charges: "usage" }), "price unknown");
  });
});
