/** The callers' listener refuses some requests before their route is found. Their clients know one format all the same. */
import type { FormatAt } from "../http/ErrorFormat.ts";
import { problemFormat } from "../http/problem.ts";
import { openaiFormat } from "./openaiError.ts";

/** Also in a whole URL, which is refused for being one. */
const openaiPath = /^(https?:\/\/[^/]*)?\/v1([/?]|$)/;

export const formatAt: FormatAt = (target) => (openaiPath.test(target) ? openaiFormat : problemFormat);
