/** The order of two texts by their code units, for sorting: the same everywhere, whatever the locale. */
export const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
