/** How old secrets are, against the rule that none is used for more than 90 days. */

export interface SecretAge {
  /** Of the key. */
  readonly name: string;
  /** The public part. */
  readonly id: string;
  /** Whole days, 0 for one that is dated later than now. */
  readonly days: number;
  /** False: the one before a rotation, which opens until it expires. */
  readonly isCurrent: boolean;
}

export interface DueSecret extends SecretAge {
  /** `warn`: there are days left to replace it. `overdue`: there are none. */
  readonly state: "warn" | "overdue";
}

export const warnDays = 80;
export const overdueDays = 90;
const dayMs = 24 * 60 * 60 * 1_000;

interface Dated extends Pick<SecretAge, "name" | "id" | "isCurrent"> {
  readonly createdMs: number;
}

/** `now`: milliseconds since 1970. */
export const ageOf = ({ name, id, createdMs, isCurrent }: Dated, now: number): SecretAge => ({
  name,
  id,
  days: Math.max(0, Math.floor((now - createdMs) / dayMs)),
  isCurrent,
});

export const dueOf = (ages: ReadonlyArray<SecretAge>): ReadonlyArray<DueSecret> =>
  ages
    .filter(({ days }) => days >= warnDays)
    .map((age) => ({ ...age, state: age.days >= overdueDays ? "overdue" : "warn" }));
