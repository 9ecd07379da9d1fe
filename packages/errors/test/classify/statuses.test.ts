/** What a status means when nothing else is said: every status there is. */
import { describe, expect, it } from "@effect/vitest";
import { answer, dialects, errorOf } from "../wire.ts";
import {
  empty,
  type Facts,
  factsOf,
  forbidden,
  givenUp,
  inferenceFailed,
  invalid,
  malformed,
  notOffered,
  paymentRequired,
  rateLimited,
  retired,
  tooLarge,
  unauthorized,
  unavailable,
  unproxied,
  unreached,
  unsupported,
} from "./facts.ts";

const special: ReadonlyMap<number, Facts> = new Map([
  [401, unauthorized()],
  [402, paymentRequired()],
  [403, forbidden()],
  [404, notOffered],
  [405, notOffered],
  [407, unreached("proxy-auth")],
  [408, unreached("incomplete")],
  [410, retired],
  [413, tooLarge(413)],
  [415, unsupported(415)],
  [429, rateLimited()],
  [501, notOffered],
  [502, unproxied(502)],
  [503, unavailable()],
  [504, givenUp(504)],
  [520, givenUp(520)],
  [521, unproxied(521)],
  [522, unproxied(522)],
  [523, unproxied(523)],
  [524, givenUp(524)],
  [525, unreached("tls")],
  [526, unreached("tls")],
  [530, unproxied(530)],
]);

const meaningOf = (status: number): Facts => {
  const known = special.get(status);
  if (known !== undefined) return known;
  switch (Math.floor(status / 100)) {
    case 2:
      return empty(status);
    case 3:
      return malformed(status, "it redirects to an unnamed place");
    case 4:
      return invalid(status);
    case 5:
      return inferenceFailed(status);
    default:
      return malformed(status, "that is no status of an answer");
  }
};

describe.each(dialects)("a status without a body, as %s", (dialect) => {
  it.each([1, 2, 3, 4, 5, 6, 7, 8, 9])("of %i hundred and more", (hundred) => {
    for (let status = hundred * 100; status < (hundred + 1) * 100; status++) {
      expect({ at: status, ...(factsOf(errorOf(dialect, answer(status), [])) as Facts) }).toEqual({
        at: status,
        ...meaningOf(status),
      });
    }
  });
});

describe("a status that is none", () => {
  it.each([-1, 0, 1, 99, 600, 1000, 65_536])("%i says so", (status) => {
    expect(factsOf(errorOf("generic", answer(status, '{"images":[{}]}')))).toEqual({
      ...malformed(status, "that is no status of an answer"),
    });
  });
});

describe("a refusal without an explanation", () => {
  it("says so", () => {
    expect(errorOf("generic", answer(400))).toMatchObject({
      message: "my-gateway refused this text-to-image request: HTTP 400 without an explanation",
      fix: "Compare the request with the pipeline's documented fields.",
    });
  });
});
