/** A call that is under way, as a promise of its result; on request, with the gateway's own answer. */
import type { Answer } from "@sluice/errors";

export interface Pending<Data> extends Promise<Data> {
  /** The result, and the answer that it was read from: its status, its headers and its body. */
  readonly withResponse: () => Promise<{ readonly data: Data; readonly response: Response }>;
}

/** `answerOf` is asked when the result is there. */
export const pending = <Data>(result: Promise<Data>, answerOf: () => Answer): Pending<Data> =>
  Object.assign(result, {
    withResponse: async () => ({ data: await result, response: responseOf(answerOf()) }),
  });

const responseOf = ({ status, body, headers: told }: Answer): Response => {
  const headers = new Headers();
  for (const [name, value] of Object.entries(told)) {
    for (const one of [value ?? []].flat()) headers.append(name, one);
  }
  return new Response(new Uint8Array(body), { status, headers });
};
