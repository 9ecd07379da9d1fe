/** How many columns of a terminal a text takes. What Unicode knows of it is loaded for texts that need it. */
import { displayWidth as widthOfAny } from "effect/cli/CliOutput";

/** Letters, digits and signs of which each takes one column, whatever stands beside it. */
const plain = /^[ -~¡-¬®-ÿ‐-‖†-…←-⇿─-╿●◐○✓✔✗✘]*$/;

const colours = /\u001B\[[\d;]*m/g;

export const displayWidth = (text: string): number => {
  const shown = text.includes("\u001B") ? text.replace(colours, "") : text;
  return plain.test(shown) ? shown.length : widthOfAny(shown);
};
