/** What software cannot see of an application that nobody has deployed: by the check's id, what a team would point at. */
export const vouchedFor: ReadonlyArray<readonly [id: string, evidence: string]> = [
  ["G2", "CI has no network; the gateway's answer is looked at by `sluice doctor`"],
  ["C3", "a rehearsal: nobody has an account at Studio here"],
  ["O5", "a rehearsal: nothing is billed"],
  ["S1", "a rehearsal: nobody is on call"],
];
