/** When a key is to be replaced: the production checklist has every key replaced after 90 days. */

export const rotationDays = 90;
/** How long before that it is worth a word. */
const warningDays = 14;
const dayMs = 86_400_000;

export interface Rotation {
  readonly ageDays: number;
  /** A date, such as `2027-02-21`. */
  readonly rotateBy: string;
  /** Below zero when that is over. */
  readonly daysLeft: number;
  readonly state: "fresh" | "soon" | "overdue";
}

/** `added`: when the key was stored, as an ISO time; nobody knows when it was made. */
export const rotationOf = (added: string, now: number): Rotation => {
  const addedAt = Date.parse(added);
  const ageDays = Math.max(Math.floor((now - addedAt) / dayMs), 0);
  const daysLeft = rotationDays - ageDays;
  return {
    ageDays,
    rotateBy: dateOf(addedAt + rotationDays * dayMs),
    daysLeft,
    state: daysLeft <= 0 ? "overdue" : daysLeft <= warningDays ? "soon" : "fresh",
  };
};

export const dateOf = (time: number): string => new Date(time).toISOString().slice(0, 10);

const days = (count: number): string => `${count} day${count === 1 ? "" : "s"}`;

/** For a person who has a key to replace; `undefined` when there is time. */
export const rotationWarning = (gateway: string, { state, ageDays, daysLeft }: Rotation): string | undefined => {
  if (state === "fresh") return undefined;
  const make = `make a new one, then sluice auth login -g ${gateway}`;
  return state === "soon"
    ? `the key of ${gateway} is to be replaced in ${days(daysLeft)}: ${make}`
    : `the key of ${gateway} is ${days(ageDays)} old, and the checklist replaces keys after ${rotationDays}: ${make}`;
};
