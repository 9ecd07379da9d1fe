/** A call that is under way, as a promise of its result; on request, with the gateway's own answer. */
import type { Answer } from "@sluice/errors";

export interface Pending<Data> extends Promise<Data> {
  /** The result, and the answer that it was read from: its status, its headers and its body. */
  readonly withResponse: () => Promise<{ readonly data: Data; readonly response: Response }>;
}

interface Called<Data> {
  readonly data: Data;
  readonly answer: Answer;
}

export const pending = <Data>(called: Promise<Called<Data>>): Pending<Data> => {
  const alone = called.then(({ data }) => data);
  return Object.assign(alone, {
    withResponse: async () => {
      // Whoever asks for both meets the error here; a failure that nobody looks at would end the process.
      alone.catch(() => undefined);
      return withResponse(await called);
    },
  });
};

const withResponse = <Data>({ data, answer }: Called<Data>) => {
  const { status, body } = answer;
  const headers = new Headers();
  for (const [name, value] of Object.entries(answer.headers)) {
    for (const one of [value ?? []].flat()) headers.append(name, one);
  }
  return { data, response: new Response(Uint8Array.from(body), { status, headers }) };
};
