/** The answer of the pipelines that make pictures. */
import { hangUp, metered, type Reply, runnerError } from "../../Reply.ts";
import { drawPicture, type Order } from "../../picture/draw.ts";
import type { Orchestra } from "../Orchestra.ts";

/** The gateway has no limit of its own; a process that ran out of memory hangs up. */
const mostImages = 1_000;

/** Go clamps what is below one image. */
export const imageCount = (asked: number | null | undefined): number => Math.max(1, asked ?? 1);

/** The refusal of a size that the models cannot make. */
export const badSize = (width: number, height: number): Reply | undefined =>
  width <= 0 || height <= 0 || width % 8 !== 0 || height % 8 !== 0
    ? runnerError(`\`height\` and \`width\` have to be divisible by 8 but are ${height} and ${width}.`)
    : undefined;

/** So many pictures, seed after seed from that of the order. `unitsEach`: what each of them is metered. */
export const pictures = ({ files }: Orchestra, order: Order, count: number, unitsEach: number): Reply => {
  if (count > mostImages) return hangUp;
  const seeds = Array.from({ length: count }, (_, index) => order.seed + index);
  const paths = files.keep(
    seeds.map((seed) => ({ extension: "png", make: () => drawPicture({ ...order, seed }) }) as const),
  );
  return metered(count * unitsEach, {
    images: seeds.map((seed, index) => ({ nsfw: false, seed, url: paths[index] })),
  });
};
