/** For the person who let evidence be kept. `file`: from the current folder. */
export const savedLine = (file: string): string => `saved ${file}, which \`sluice launch check\` reads`;
