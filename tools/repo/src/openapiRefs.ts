/** The references within an OpenAPI document. */

/** What a reference names; `undefined` where there is nothing. */
const named = (document: unknown, ref: string): unknown =>
  ref
    .split("/")
    .slice(1)
    .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"))
    .reduce<unknown>((value, key) => (value as Readonly<Record<string, unknown>> | undefined)?.[key], document);

/** A value with what it refers to in place of the reference, under the words beside it. One that names nothing adds none. */
export const resolved = <Value extends object>(document: unknown, value: Value): Value => {
  const { $ref, ...own } = value as Value & { readonly $ref?: string };
  if ($ref === undefined) return value;
  return { ...resolved(document, (named(document, $ref) ?? {}) as Value), ...own };
};

/** The references anywhere in a document that name nothing, each once. */
export const danglingRefs = (document: unknown, within: unknown = document): ReadonlyArray<string> => {
  if (typeof within !== "object" || within === null) return [];
  const { $ref } = within as { readonly $ref?: unknown };
  const own = typeof $ref === "string" && named(document, $ref) === undefined ? [$ref] : [];
  return [...new Set([...own, ...Object.values(within).flatMap((inner) => danglingRefs(document, inner))])];
};
