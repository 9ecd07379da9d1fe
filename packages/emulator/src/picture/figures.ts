/** Drawings of what may stand in a landscape, each 100 by 100 with its feet on the lower edge. */

/** What a part of a drawing is coloured as; the landscape decides how that looks in its light. */
export type Paint = "ink" | "coat" | "pale" | "lamp" | "red";

export interface Part {
  readonly paint: Paint;
  /** As `shape` reads it. */
  readonly path: string;
}

export type Figure = "fox" | "cat" | "deer" | "cabin" | "lighthouse" | "sailboat" | "balloon" | "bird";

export const figures: Readonly<Record<Figure, ReadonlyArray<Part>>> = {
  fox: [
    {
      paint: "coat",
      path: "M 60 97 C 78 104 97 94 97 72 C 97 60 92 52 86 46 C 87 58 84 70 72 76 C 64 80 58 88 60 97 Z",
    },
    { paint: "pale", path: "M 86 46 C 92 52 97 60 97 71 C 93 66 90 66 86 68 C 88 60 87 53 86 46 Z" },
    {
      paint: "coat",
      path: "M 10 37 C 14 34 19 31 22 26 C 22 18 24 10 28 4 C 32 9 35 14 37 20 C 41 15 45 11 48 9 C 49 17 48 25 45 32 C 49 40 58 48 65 60 C 72 72 73 88 69 99 L 34 99 C 35 85 34 72 33 62 C 31 55 30 49 26 46 C 20 44 14 42 10 37 Z",
    },
    {
      paint: "pale",
      path: "M 10 37 C 16 38 22 38 28 40 C 34 46 37 54 37 64 C 37 72 36 78 34 82 C 35 74 34 68 33 62 C 31 55 30 49 26 46 C 20 44 14 42 10 37 Z",
    },
    { paint: "ink", path: "M 10 37 C 10 35 12 34 14 34 C 14 36 13 38 10 37 Z" },
    { paint: "ink", path: "M 24 31 C 25 29 27 29 28 30 C 28 32 26 33 24 31 Z" },
    {
      paint: "ink",
      path: "M 34 78 C 36 84 41 84 43 80 C 42 90 42 95 42 100 L 28 100 C 28 97 31 96 34 96 C 35 90 35 84 34 78 Z",
    },
  ],
  cat: [
    {
      paint: "coat",
      path: "M 62 92 C 78 96 88 88 86 74 C 85 66 80 60 82 54 C 83 51 87 51 88 55 C 88 60 93 66 93 75 C 93 94 78 103 60 100 Z",
    },
    {
      paint: "coat",
      path: "M 32 8 C 37 10 41 13 44 17 C 48 16 52 16 56 17 C 59 13 63 10 68 8 C 69 16 69 22 68 28 C 68 36 64 41 60 44 C 68 54 73 68 73 82 C 73 90 71 96 68 100 L 32 100 C 29 96 27 90 27 82 C 27 68 32 54 40 44 C 36 41 32 36 32 28 C 31 22 31 16 32 8 Z",
    },
  ],
  deer: [
    {
      paint: "ink",
      path: "M 23 24 C 19 15 22 9 16 2 L 18 1 C 21 4 22 7 23 10 C 24 7 24 5 23 1 L 25 1 C 27 6 25 11 24 14 C 24 18 25 20 27 23 Z",
    },
    {
      paint: "ink",
      path: "M 27 23 C 27 18 31 15 32 11 C 30 9 29 6 29 3 L 31 3 C 31 5 32 7 33 8 C 35 6 36 4 36 1 L 38 1 C 39 7 36 11 34 13 C 33 17 30 19 30 24 Z",
    },
    {
      paint: "ink",
      path: "M 39 62 L 47 64 L 40 79 L 38 100 L 35 100 L 36 78 Z M 70 62 L 80 62 L 76 76 L 79 85 L 76 100 L 73 100 L 75 86 L 71 76 Z",
    },
    {
      paint: "coat",
      path: "M 7 33 C 12 31 16 25 22 23 L 35 18 C 34 22 32 25 30 27 C 33 34 37 42 45 46 C 56 49 70 45 80 48 C 86 50 88 54 89 61 L 86 60 C 87 66 84 69 85 75 L 89 84 L 87 100 L 84 100 L 85 86 L 77 76 C 74 73 73 70 71 67 C 62 71 55 71 49 69 L 47 84 L 47 100 L 44 100 L 43 84 L 38 66 C 33 58 30 50 27 40 C 22 41 13 40 8 37 Z",
    },
    {
      paint: "pale",
      path: "M 89 61 L 86 60 C 86 56 85 53 83 50 C 87 52 88 55 89 61 Z M 27 40 C 30 49 33 57 38 65 C 34 55 32 47 31 40 Z",
    },
    {
      paint: "ink",
      path: "M 19 28 C 20 27 21 27 22 28 C 21 29 20 29 19 28 Z M 7 33 C 9 32 10 32 10 33 C 10 35 8 35 7 35 Z",
    },
  ],
  cabin: [
    { paint: "ink", path: "M 64 50 L 64 24 L 74 24 L 74 60 Z" },
    { paint: "ink", path: "M 50 28 L 94 66 L 90 70 L 84 66 L 84 100 L 16 100 L 16 66 L 10 70 L 6 66 Z" },
    { paint: "lamp", path: "M 26 72 L 42 72 L 42 88 L 26 88 Z M 33 72 L 35 72 L 35 88 L 33 88 Z" },
    { paint: "lamp", path: "M 56 70 L 72 70 L 72 100 L 56 100 Z" },
  ],
  lighthouse: [
    { paint: "pale", path: "M 41 26 L 59 26 L 64 100 L 36 100 Z" },
    { paint: "red", path: "M 40 40 L 60 40 L 61 54 L 39 54 Z M 38 68 L 62 68 L 63 83 L 37 83 Z" },
    {
      paint: "ink",
      path: "M 36 24 L 64 24 L 63 28 L 37 28 Z M 50 0 L 60 12 L 40 12 Z M 41 12 L 43 12 L 43 24 L 41 24 Z M 57 12 L 59 12 L 59 24 L 57 24 Z",
    },
    { paint: "lamp", path: "M 43 12 L 57 12 L 57 24 L 43 24 Z" },
  ],
  sailboat: [
    { paint: "ink", path: "M 49 8 L 51 8 L 51 84 L 49 84 Z" },
    { paint: "pale", path: "M 53 10 C 66 30 78 54 84 78 L 53 78 Z" },
    { paint: "red", path: "M 47 20 C 42 42 32 64 20 78 L 47 78 Z" },
    { paint: "ink", path: "M 12 83 L 90 83 C 86 93 80 99 74 100 L 28 100 C 20 98 14 91 12 83 Z" },
  ],
  balloon: [
    {
      paint: "red",
      path: "M 50 0 C 74 0 88 16 88 34 C 88 52 70 64 60 78 L 40 78 C 30 64 12 52 12 34 C 12 16 26 0 50 0 Z",
    },
    {
      paint: "pale",
      path: "M 50 0 C 60 5 66 18 66 34 C 66 52 60 66 55 78 L 45 78 C 40 66 34 52 34 34 C 34 18 40 4 50 0 Z",
    },
    {
      paint: "red",
      path: "M 50 0 C 53 8 55 20 55 34 C 55 52 53 66 51 78 L 49 78 C 47 66 45 52 45 34 C 45 20 47 8 50 0 Z",
    },
    {
      paint: "ink",
      path: "M 43 78 L 44 78 L 46 89 L 45 89 Z M 56 78 L 57 78 L 55 89 L 54 89 Z M 44 88 L 56 88 L 55 100 L 45 100 Z",
    },
  ],
  bird: [
    {
      paint: "ink",
      path: "M 4 62 C 16 44 34 46 50 66 C 66 46 84 44 96 62 C 82 54 66 60 52 82 C 51 83 49 83 48 82 C 34 60 18 54 4 62 Z",
    },
  ],
};
