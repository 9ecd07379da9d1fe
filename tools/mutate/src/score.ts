/** The share of mutants that the tests noticed. */

/** The part of Stryker's result that is read. */
export interface Mutant {
  readonly status: string;
}

export const scoreOf = (mutants: ReadonlyArray<Mutant>): { readonly percent: number; readonly text: string } => {
  const count = (status: string) => mutants.filter((mutant) => mutant.status === status).length;
  const killed = count("Killed");
  const timedOut = count("Timeout");
  const survived = count("Survived");
  const notCovered = count("NoCoverage");
  // As Stryker counts: a mutant that could not be run counts neither way.
  const total = killed + timedOut + survived + notCovered;
  const percent = total === 0 ? 0 : (100 * (killed + timedOut)) / total;
  const counts = `${killed} killed, ${timedOut} timed out, ${survived} survived, ${notCovered} not covered`;
  return { percent, text: `${percent.toFixed(2)} % of ${total} mutants killed (${counts})` };
};
