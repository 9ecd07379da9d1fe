/** text-to-image asked of an emulator, and what a test wants to know of the answer. */
import { ask, begin, type Exchange, type Heard } from "./ask.ts";

/** Warm on every emulator that is not told otherwise. */
export const warmModel = "SG161222/RealVisXL_V4.0_Lightning";

export const generation = (fields: object = {}) => ({
  method: "POST",
  path: "/text-to-image",
  headers: { "Content-Type": "application/json" },
  body: JSON.stringify({ model_id: warmModel, prompt: "a red fox", ...fields }),
});

export const generate = (origin: string, fields: object = {}): Promise<Heard> => ask(origin, generation(fields));

export const beginGeneration = (origin: string, fields: object = {}): Exchange => begin(origin, generation(fields));

/** text-to-image with this very text as its body. */
export const generateFrom = (origin: string, body: string): Promise<Heard> => ask(origin, { ...generation(), body });

export interface Image {
  readonly nsfw: boolean;
  readonly seed: number;
  readonly url: string;
}

export const imagesOf = ({ body }: Heard): ReadonlyArray<Image> =>
  (JSON.parse(body.toString()) as { readonly images: ReadonlyArray<Image> }).images;

/** Turns of the event loop until something is so. It is never waited for by the clock. */
export const until = async (isSo: () => boolean): Promise<void> => {
  while (!isSo()) await new Promise((resolve) => setImmediate(resolve));
};
