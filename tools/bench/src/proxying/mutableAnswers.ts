/**
 * Loaded before Portkey's gateway 1.15.2. It adds headers to the answer that `fetch` gave, which Node forbids, and fails on
 * every stream and every form (its issue 1389). A copy takes them, which costs it some of its microseconds, and no more.
 */
const { fetch, Response } = globalThis;

globalThis.fetch = async (input, init) => {
  const answer = await fetch(input, init);
  return new Response(answer.body, answer);
};
