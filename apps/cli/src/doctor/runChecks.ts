/** All checks at once, each with a deadline, and what they found in the order in which they were given. */
import { type Check, type Checked, type Found, warning } from "./Check.ts";

interface Running {
  /** A check has its own, shorter deadline where it waits for somebody; this one is for what hangs in spite of it. */
  readonly deadlineMs: number;
  readonly onChecked: (checked: Checked) => void;
}

export const runChecks = (
  checks: ReadonlyArray<Check>,
  { deadlineMs, onChecked }: Running,
): Promise<ReadonlyArray<Checked>> =>
  Promise.all(
    checks.map(async ({ id, title, group, look }) => {
      const from = performance.now();
      const found = await within(deadlineMs, look, `sluice doctor --timeout ${Math.ceil(deadlineMs / 500)}s`);
      const checked = { id, title, group, ...found, ms: Math.round(performance.now() - from) };
      onChecked(checked);
      return checked;
    }),
  );

const within = async (deadlineMs: number, look: Check["look"], again: string): Promise<Found> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Found>((resolve) => {
    timer = setTimeout(
      () => resolve(warning(`no result within ${Math.round(deadlineMs / 1_000)} s`, again)),
      deadlineMs,
    );
  });
  try {
    return await Promise.race([Promise.resolve().then(look), late]);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return warning(`could not be checked: ${reason}`, "SLUICE_DEBUG=1 sluice doctor --json");
  } finally {
    clearTimeout(timer);
  }
};
