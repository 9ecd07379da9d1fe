/** How a price came about, in one line: `4 × 1024×1024 = 4.194 MP × $0.019/MP = $0.0797`. */
import type { Unit } from "@sluice/models/facts";
import { formatUsd, type Job, type Quote } from "@sluice/pricing";

export const formula = (job: Job, { units, unit, rate, amount }: Quote): string => {
  const measure = units === "unknown" ? "unknown units" : `${countOf(job)}${measured(units, unit)}`;
  const price = amount === "unknown" ? "unknown" : formatUsd(amount);
  return `${measure} × ${rate?.label ?? "unknown rate"} = ${price}`;
};

const sizeOf = (width: number | undefined, height: number | undefined): string => `${width ?? "?"}×${height ?? "?"}`;

/** What the units are made of, with the sign that leads to them; nothing where they speak for themselves. */
const countOf = ({ pipeline, request, facts }: Job): string => {
  const { width, height, num_images_per_prompt: images = 1 } = request;
  const several = images > 1 ? `${images} × ` : "";
  const input = facts?.kind === "image" ? `input of ${sizeOf(facts.width, facts.height)}` : "input";
  switch (pipeline) {
    case "text-to-image":
      return `${several}${sizeOf(width, height)} = `;
    case "image-to-image":
      return `${several}${input} = `;
    case "image-to-video":
      return `${sizeOf(width, height)} × 25 frames = `;
    case "upscale":
    case "segment-anything-2":
    case "image-to-text":
      return `${input} = `;
    default:
      return "";
  }
};

/** In the sizes that rates are told in. */
export const measured = (units: bigint, unit: Unit): string => {
  const count = Number(units);
  switch (unit) {
    case "pixel":
      return `${short(count / 1_000_000)} MP`;
    case "millisecond":
      return `${short(count / 1_000)} s = ${short(count / 60_000)} min`;
    case "token":
      return `${count.toLocaleString("en-US")} max_tokens`;
    case "character":
      return `${count.toLocaleString("en-US")} bytes of text`;
  }
};

/** Four digits that tell, and none that do not. */
const short = (value: number): string =>
  value >= 1_000 ? Math.round(value).toLocaleString("en-US") : String(Number(value.toPrecision(4)));
