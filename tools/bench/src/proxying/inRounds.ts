/** Measures in turns: in each round everyone once, in an order that rotates, so that a slow moment of the machine slows them all. */

/**
 * The figures of each round, by name. Who fails is left out of all rounds, with a sentence on stderr: a figure of what
 * did not do the job would mislead.
 */
export const inRounds = async <One extends { readonly name: string }, Figure>(
  what: string,
  all: ReadonlyArray<One>,
  rounds: number,
  measure: (one: One) => Promise<Figure>,
): Promise<ReadonlyMap<string, ReadonlyArray<Figure>>> => {
  const figures = new Map(all.map(({ name }) => [name, new Array<Figure>()]));
  for (let round = 0; round < rounds; round += 1) {
    for (let turn = 0; turn < all.length; turn += 1) {
      const one = all[(round + turn) % all.length];
      const own = one === undefined ? undefined : figures.get(one.name);
      if (one === undefined || own === undefined) continue;
      try {
        own.push(await measure(one));
      } catch (error) {
        figures.delete(one.name);
        const reason = error instanceof Error ? error.message : String(error);
        process.stderr.write(`${one.name} is left out of ${what}: ${reason}\n`);
      }
    }
  }
  return figures;
};
