/** Fills a drawn shape, soft at its edges. */
import type { Colour } from "./colour.ts";
import { blend, hidesNothing, type Frame, type Layer } from "./layer.ts";

/** Where a drawing goes, which is 100 by 100 and has its origin at the top left. */
export interface Placement {
  /** Where the middle of the drawing's lower edge goes, in pixels from the left and the top. */
  readonly x: number;
  readonly y: number;
  /** How large the drawing becomes, in pixels. */
  readonly size: number;
  /** 1 as drawn, -1 facing the other way. */
  readonly facing: -1 | 1;
  /** 1 as drawn, -1 upside down from the same lower edge, as in water. */
  readonly upright: -1 | 1;
}

/** How many lines within each row are looked at. */
const linesPerRow = 4;
/** Into how many straight pieces a curve is cut. */
const piecesPerCurve = 12;

/**
 * The inside of a path: `M x y`, `L x y`, `C` with two control points, `Z`, in capitals and with spaces, as in SVG.
 *
 * Where the path goes around twice there is a hole. `share` is how much the colour covers, from 0 to 1.
 */
export const shape = (frame: Frame, path: string, place: Placement, colour: Colour, share = 1): Layer => {
  const edges = edgesOf(path).map(([x0, y0, x1, y1]): Edge => {
    const across = (x: number): number => place.x + (x - 50) * 0.01 * place.size * place.facing;
    const down = (y: number): number => place.y + (y - 100) * 0.01 * place.size * place.upright;
    return down(y0) < down(y1)
      ? [across(x0), down(y0), across(x1), down(y1)]
      : [across(x1), down(y1), across(x0), down(y0)];
  });
  const top = Math.min(...edges.map(([, y]) => y));
  const bottom = Math.max(...edges.map(([, , , y]) => y));
  const cover = new Float32Array(frame.width);
  return {
    hidesFrom: hidesNothing,
    paint: (y, row) => {
      if (y + 1 <= top || y >= bottom) return;
      cover.fill(0);
      for (let line = 0; line < linesPerRow; line += 1) coverLine(cover, edges, y + (line + 0.5) / linesPerRow);
      for (let x = 0; x < frame.width; x += 1) {
        const covered = cover[x] as number;
        if (covered > 0) blend(row, x * 3, colour, Math.min(1, covered) * share);
      }
    },
  };
};

/** A straight piece of a path; in a placed shape the first end is the upper one. */
type Edge = readonly [x0: number, y0: number, x1: number, y1: number];

const coverLine = (cover: Float32Array, edges: ReadonlyArray<Edge>, y: number): void => {
  const crossings: Array<number> = [];
  for (const [x0, y0, x1, y1] of edges) if (y >= y0 && y < y1) crossings.push(x0 + ((x1 - x0) * (y - y0)) / (y1 - y0));
  crossings.sort((a, b) => a - b);
  for (let pair = 0; pair + 1 < crossings.length; pair += 2) {
    const from = Math.max(0, crossings[pair] as number);
    const to = Math.min(cover.length, crossings[pair + 1] as number);
    for (let x = Math.floor(from); x < to; x += 1)
      cover[x] = (cover[x] as number) + (Math.min(to, x + 1) - Math.max(from, x)) / linesPerRow;
  }
};

const edgesOf = (path: string): ReadonlyArray<Edge> => {
  const edges: Array<Edge> = [];
  let start = { x: 0, y: 0 };
  let pen = start;
  const lineTo = (x: number, y: number): void => {
    edges.push([pen.x, pen.y, x, y]);
    pen = { x, y };
  };
  for (const [, command = "", rest = ""] of path.matchAll(/([MLCZ])([^MLCZ]*)/g)) {
    const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = rest.trim().split(/\s+/).map(Number);
    if (command === "M") start = pen = { x: a, y: b };
    else if (command === "L") lineTo(a, b);
    else if (command === "Z") lineTo(start.x, start.y);
    else {
      const { x, y } = pen;
      for (let piece = 1; piece <= piecesPerCurve; piece += 1) {
        const t = piece / piecesPerCurve;
        lineTo(bezier(x, a, c, e, t), bezier(y, b, d, f, t));
      }
    }
  }
  return edges;
};

const bezier = (from: number, first: number, second: number, to: number, t: number): number => {
  const s = 1 - t;
  return s * s * s * from + 3 * s * s * t * first + 3 * s * t * t * second + t * t * t * to;
};
