/** Where every check is described; each has its id, in lower case, for an anchor. */
export const checklistPage = "https://github.com/livepeer/sluice/blob/main/docs/checklist.md";
