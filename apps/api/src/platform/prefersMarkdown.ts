/** Whether who asks would rather have Markdown than JSON, by the `Accept` header (RFC 9110). */
export const prefersMarkdown = (accept = ""): boolean => {
  const weights = new Map(accept.toLowerCase().split(",").map(rangeIn));
  const markdown = weights.get("text/markdown") ?? weights.get("text/*") ?? 0;
  return markdown > (weights.get("application/json") ?? weights.get("application/*") ?? 0);
};

const rangeIn = (text: string): readonly [string, number] => {
  const [range = "", ...parameters] = text.split(";").map((part) => part.trim());
  const weight = parameters.find((one) => one.startsWith("q="));
  return [range, weight === undefined ? 1 : Number(weight.slice(2)) || 0];
};
