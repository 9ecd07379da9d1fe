/** The error catalogue: what each code means, in words, and its page. Apart from the classifier, which stays light. */
export { catalogue, entryOf } from "./catalogue.ts";
export type { AnswerSeen, BreakSeen, Entry, Example, Made, Setting } from "./Entry.ts";
export { errorOf } from "./examples.ts";
export { indexPage } from "./indexPage.ts";
export { pageOf } from "./page.ts";
export { withPolicyTables } from "./policyTables.ts";
