/**
 * Where the fields of an SLO file are at odds with each other, and where an alert could never fire. It reads what need not
 * have a field's right form: that is told beside.
 */
import { minutesOf, shareOf } from "./durations.ts";

export interface Contradiction {
  readonly path: ReadonlyArray<string | number>;
  readonly message: string;
  readonly fix: string;
}

type Unchecked = Readonly<Record<string, unknown>>;

const record = (value: unknown): Unchecked =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Unchecked) : {};

const list = (value: unknown): ReadonlyArray<unknown> => (Array.isArray(value) ? value : []);

const minutesIn = (value: unknown): number => (typeof value === "string" ? minutesOf(value) : Number.NaN);
const shareIn = (value: unknown): number =>
  typeof value === "string" && value.endsWith("%") ? shareOf(value) : Number.NaN;

const kinds = [
  ["above", "within"],
  ["burns", "long", "short"],
] as const;
const kindsFix = 'Give above and within, such as "5%" and "10m", or else burns, long and short.';

export const inAlert = (given: unknown): ReadonlyArray<Contradiction> => {
  const alert = record(given);
  if (alert !== given) return [];
  const [threshold, burn] = kinds.map((names) => names.filter((name) => alert[name] !== undefined));
  const [ofThreshold, ofBurn] = [threshold ?? [], burn ?? []];
  if (ofThreshold.length > 0 && ofBurn.length > 0) {
    const [fewer, more] = ofBurn.length <= ofThreshold.length ? [ofBurn, ofThreshold] : [ofThreshold, ofBurn];
    const message = `cannot be given beside ${more.join(" and ")}`;
    return fewer.map((name) => ({ path: [name], message, fix: kindsFix }));
  }
  const names = kinds[ofBurn.length > 0 ? 1 : 0];
  const found: Array<Contradiction> = names
    .filter((name) => alert[name] === undefined)
    .map((name) => ({ path: [name], message: "is required", fix: kindsFix }));
  if (shareIn(alert["above"]) >= 1) {
    found.push({ path: ["above"], message: "must be below 100%", fix: "No share is above 100%: give less." });
  }
  if (minutesIn(alert["short"]) >= minutesIn(alert["long"])) {
    found.push({ path: ["short"], message: "must be shorter than the long window", fix: "Give a shorter window." });
  }
  return found;
};

export const inObjective = (given: unknown): ReadonlyArray<Contradiction> => {
  const objective = record(given);
  const [where, bad] = [record(objective["where"]), record(objective["bad"])];
  return [
    ...starts(objective["of"], where, bad),
    ...uncounted(where, bad),
    ...budgets(objective["target"], list(objective["alerts"]).map(record)),
  ];
};

const starts = (of: unknown, where: Unchecked, bad: Unchecked): ReadonlyArray<Contradiction> => {
  if (of === "attempts") {
    const message = "is known of calls alone: an attempt does not know whether it met a cold model";
    const fix = 'Leave it out, or count "calls".';
    return Object.entries({ where, bad }).flatMap(([name, { start }]) =>
      start === undefined ? [] : [{ path: [name, "start"], message, fix }],
    );
  }
  if (where["start"] === undefined || bad["start"] === undefined) return [];
  const fix = "Leave it out, so that warm and cold starts both count.";
  return [{ path: ["where", "start"], message: "leaves no share: bad.start tells the same events apart", fix }];
};

const uncounted = (where: Unchecked, bad: Unchecked): ReadonlyArray<Contradiction> => {
  const counts = (name: unknown): boolean =>
    where["class"] === undefined ? name !== "caller" : list(where["class"]).includes(name);
  return list(bad["class"]).flatMap((name, place) =>
    counts(name)
      ? []
      : [
          {
            path: ["bad", "class", place],
            message: "is not among the classes that count",
            fix: `Add ${JSON.stringify(name)} to where.class, or leave it out here.`,
          },
        ],
  );
};

const budgets = (target: unknown, alerts: ReadonlyArray<Unchecked>): ReadonlyArray<Contradiction> => {
  const burning = alerts.flatMap(({ burns }, place) => (burns === undefined ? [] : [{ burns, place }]));
  if (burning.length === 0) return [];
  if (target === undefined) {
    const fix = 'Add the share that is to be good, such as "99%".';
    return [{ path: ["target"], message: "is required by an alert that burns a budget", fix }];
  }
  const budget = 1 - shareIn(target);
  if (budget === 0) {
    const fix = 'Give less, such as "99.9%".';
    return [{ path: ["target"], message: "must be below 100% to leave a budget", fix }];
  }
  return burning.flatMap(({ burns, place }) =>
    typeof burns === "number" && burns * budget >= 1
      ? [
          {
            path: ["alerts", place, "burns"],
            message: "must be less: with all events bad, the budget burns no faster",
            fix: `Give less than ${Number((1 / budget).toPrecision(6))}, or a higher target.`,
          },
        ]
      : [],
  );
};

export const inFile = (given: unknown): ReadonlyArray<Contradiction> => {
  const objectives = list(record(given)["objectives"]).map(record);
  return [
    ...twice(objectives.map(({ name }, place) => ({ name, path: ["objectives", place, "name"] }))),
    ...twice(
      objectives.flatMap(({ alerts }, place) =>
        list(alerts).map((alert, at) => ({
          name: record(alert)["name"],
          path: ["objectives", place, "alerts", at, "name"],
        })),
      ),
    ),
  ];
};

interface Named {
  readonly name: unknown;
  readonly path: ReadonlyArray<string | number>;
}

const twice = (named: ReadonlyArray<Named>): ReadonlyArray<Contradiction> => {
  const seen = new Set<unknown>();
  return named.flatMap(({ name, path }) => {
    if (name === undefined || !seen.has(name)) {
      seen.add(name);
      return [];
    }
    return [{ path, message: "is given twice", fix: "Give each its own name." }];
  });
};
