/**
 * A film that any player plays, of one picture that stands still: H.264's constrained baseline profile in an MP4. The
 * first frame holds its pixels as they are (I_PCM), and every other one says that nothing has changed (skipped).
 */
import { type Order, paintPicture } from "../../picture/draw.ts";
import { BitWriter } from "./BitWriter.ts";
import { mp4 } from "./mp4.ts";

/** Of a macroblock, in pixels. */
const block = 16;

/** The bytes of an MP4 file. The width and height of the picture are even. */
export const makeStillVideo = (picture: Order, frames: number, framesPerSecond: number): Uint8Array => {
  const { width, height } = picture;
  const columns = Math.ceil(width / block);
  const rows = Math.ceil(height / block);
  const samples = Array.from({ length: frames }, (_, index) =>
    index === 0 ? firstFrame(picture, columns, rows) : sameFrame(index, columns * rows),
  );
  return mp4({ width, height, framesPerSecond, samples, sequence: sequence(picture, columns, rows), parameters });
};

/** A sequence parameter set (7.3.2.1.1), level 5.1. */
const sequence = ({ width, height }: Order, columns: number, rows: number): Uint8Array => {
  const bits = new BitWriter([0x67, 66, 0xc0, 51]);
  // Its id, frame numbers of 4 bits, order of output as coded, one reference frame.
  for (const value of [0, 0, 2, 1]) bits.golomb(value);
  bits.write(0, 1);
  bits.golomb(columns - 1).golomb(rows - 1);
  // Frames only, direct prediction of 8 x 8, and a frame that is cropped to the picture, in steps of two pixels.
  bits.write(0b111, 3);
  for (const edge of [0, (columns * block - width) / 2, 0, (rows * block - height) / 2]) bits.golomb(edge);
  return bits.write(0, 1).end();
};

/** A picture parameter set (7.3.2.2): CAVLC, one slice group, and slices that may turn off the deblocking filter. */
const parameters = (() => {
  const bits = new BitWriter([0x68]).golomb(0).golomb(0).write(0, 2).golomb(0).golomb(0).golomb(0).write(0, 3);
  return bits.golomb(0).golomb(0).golomb(0).write(0b100, 3).end();
})();

/** Slices without the deblocking filter, so that the pixels stay as they are. */
const unfiltered = 1;

const firstFrame = (picture: Order, columns: number, rows: number): Uint8Array => {
  // An IDR slice: the first macroblock, I, the parameter set, frame number 0, its id, no marking, the usual quantizer.
  const bits = new BitWriter([0x65]).golomb(0).golomb(7).golomb(0).write(0, 4).golomb(0).write(0, 2).golomb(0);
  bits.golomb(unfiltered);
  const planes = planesOf(picture);
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      bits.golomb(25).align();
      for (const { samples, width, height, side } of planes) {
        for (let y = row * side; y < (row + 1) * side; y += 1) {
          // Beyond the edge of the picture, its last pixels go on.
          const start = Math.min(y, height - 1) * width;
          for (let x = column * side; x < (column + 1) * side; x += 1) {
            bits.byte(samples[start + Math.min(x, width - 1)] as number);
          }
        }
      }
    }
  }
  return bits.end();
};

const sameFrame = (index: number, macroblocks: number): Uint8Array => {
  // A P slice: no other number of references, no other order of them, no marking; and then a run of skipped blocks.
  const bits = new BitWriter([0x41])
    .golomb(0)
    .golomb(5)
    .golomb(0)
    .write(index % 16, 4)
    .write(0, 3)
    .golomb(0);
  return bits.golomb(unfiltered).golomb(macroblocks).end();
};

interface Plane {
  readonly samples: Uint8Array;
  readonly width: number;
  readonly height: number;
  /** Of a macroblock's part of it. */
  readonly side: number;
}

/** Luma and, at half the size, the two chromas, by ITU-R BT.601. No sample is 0. */
const planesOf = (picture: Order): ReadonlyArray<Plane> => {
  const rgb = paintPicture(picture);
  const plane = (step: number, base: number, weights: readonly [number, number, number]): Plane => {
    const [width, height] = [picture.width / step, picture.height / step];
    const samples = new Uint8Array(width * height);
    for (let y = 0, at = 0; y < height; y += 1) {
      for (let x = 0; x < width; x += 1, at += 1) {
        const from = (y * step * picture.width + x * step) * 3;
        const [r, g, b] = [rgb[from] as number, rgb[from + 1] as number, rgb[from + 2] as number];
        samples[at] = base + Math.round((weights[0] * r + weights[1] * g + weights[2] * b) / 256);
      }
    }
    return { samples, width, height, side: block / step };
  };
  return [plane(1, 16, [66, 129, 25]), plane(2, 128, [-38, -74, 112]), plane(2, 128, [112, -94, -18])];
};
