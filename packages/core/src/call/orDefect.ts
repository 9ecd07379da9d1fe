/** What throws where no fiber catches it. */
import * as Exit from "effect/Exit";

export const orDefect = <A, E>(end: () => Exit.Exit<A, E>): Exit.Exit<A, E> => {
  try {
    return end();
  } catch (defect) {
    return Exit.die(defect);
  }
};
