/** OpenAI's size of an image, such as `1024x768`. */
import { TextToImage } from "@sluice/models";
import * as z from "zod";

/** In pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

const written = /^([1-9]\d{1,3})x([1-9]\d{1,3})$/;

const side = TextToImage.input.in.shape.width;

/** `undefined` when it is none that can be drawn. */
export const readSize = (text: string): Size | undefined => {
  const [, width = "", height = ""] = written.exec(text) ?? [];
  const size = { width: Number(width), height: Number(height) };
  return side.safeParse(size.width).success && side.safeParse(size.height).success ? size : undefined;
};

export const sizeField = z
  .string()
  .refine((text) => text === "auto" || readSize(text) !== undefined, {
    error: 'must be "auto", or a width and a height in pixels such as "1024x768"',
    params: { fix: "Give two multiples of 8 from 64 to 4096 with an x between them." },
  })
  .meta({ pattern: String.raw`^(auto|[1-9]\d{1,3}x[1-9]\d{1,3})$` })
  .nullish()
  .describe("Width x height in pixels, each a multiple of 8 from 64 to 4096; `auto` or absent: 1024x1024.");
