/** The LoRAs of a request, as the runner reads them before it makes a picture; it finds every one that it is asked for. */
import { hangUp, type Reply, runnerError } from "../../Reply.ts";
import { parsePythonJson } from "../pythonJson.ts";

const most = 4;

/** The refusal of LoRAs that the runner cannot load. Its handler puts a full stop after each message. */
export const badLoras = (loras: string | null | undefined): Reply | undefined => {
  if (loras === undefined || loras === null || loras === "") return undefined;
  const parsed = parsePythonJson(loras);
  // What the runner does not expect is a 500 of its own, and no orchestrator is left in the end: too many levels, ...
  if (!parsed.ok && parsed.exception === "RecursionError") return hangUp;
  if (!parsed.ok) return runnerError(`Unable to parse '${loras}' as JSON..`);
  const { value } = parsed;
  // ... and the items of what has none.
  if (typeof value !== "object" || value === null || Array.isArray(value)) return hangUp;
  const strengths: ReadonlyArray<unknown> = Object.values(value);
  if (!strengths.every(isStrength)) {
    return runnerError("All strengths must be numbers greater than or equal to 0.0..");
  }
  return strengths.length > most ? runnerError(`Too many LoRas provided. Maximum is ${most}..`) : undefined;
};

/** What Python's `float` takes, texts included. */
const isStrength = (value: unknown): boolean => {
  if (typeof value === "boolean") return true;
  if (typeof value !== "number" && (typeof value !== "string" || value.trim() === "")) return false;
  return Number(value) >= 0;
};
