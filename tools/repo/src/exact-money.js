/**
 * The lint rule that keeps money exact: an amount must never become a `number`, which rounds. It reads types, so
 * eslint.config.js turns it on where there are some.
 *
 * An amount is what has the brand `NanoUsd`, and what is made of one on the spot: `Number(toUsd(amount))` is no better
 * than `Number(amount)`. With `everyBigint`, as in @sluice/pricing itself, so is every bigint and every text.
 */
import ts from "typescript";

/**
 * @typedef {import("estree").Node | import("estree").SpreadElement} Node
 * @typedef {{ getTypeAtLocation(node: Node): ts.Type, program: ts.Program | null }} Services
 */

const converters = new Set(["Number", "parseFloat", "parseInt"]);

/** @type {(type: ts.Type, test: (part: ts.Type) => boolean) => boolean} */
const some = (type, test) => (type.isUnion() ? type.types.some(test) : test(type));

/** TypeScript names the property of a unique symbol after the symbol. */
const isMoney = (/** @type {ts.Type} */ type) =>
  some(type, (part) => part.getProperties().some(({ name }) => name.startsWith("__@nanoUsdBrand")));

const has = (/** @type {ts.Type} */ type, /** @type {ts.TypeFlags} */ flags) =>
  some(type, (part) => (part.flags & flags) !== 0);

/** `Number`, `Number.parseFloat` or `Math.round`: what turns its argument into a number. */
const converterOf = (/** @type {Node} */ callee) => {
  if (callee.type === "Identifier") return converters.has(callee.name) ? callee.name : undefined;
  if (callee.type !== "MemberExpression" || callee.object.type !== "Identifier") return undefined;
  if (callee.property.type !== "Identifier") return undefined;
  const [object, property] = [callee.object.name, callee.property.name];
  return object === "Math" || (object === "Number" && converters.has(property)) ? `${object}.${property}` : undefined;
};

/** @type {import("eslint").Rule.RuleModule} */
export const exactMoney = {
  meta: {
    type: "problem",
    docs: { description: "Keep amounts of money out of floats." },
    messages: {
      money:
        "{{how}} makes a float of money, which rounds. Stay with bigint: add, compare and multiply amounts as they are " +
        "(`times`), and write them with `toUsd` (exact) or `formatUsd` (for people).",
      exact:
        "{{how}} makes a float of a bigint or a text, which may be an amount or a rate. Stay with bigint: BigInt for a " +
        "whole number, parseRatio and the other functions of Ratio.ts for what is not.",
    },
    schema: [{ type: "object", properties: { everyBigint: { type: "boolean" } }, additionalProperties: false }],
    defaultOptions: [{ everyBigint: false }],
  },
  create(context) {
    const services = /** @type {Services} */ (/** @type {unknown} */ (context.sourceCode.parserServices));
    if (!services.program) throw new Error("exact-money reads types: turn it on for files of a tsconfig.");
    const checker = services.program.getTypeChecker();
    const [{ everyBigint }] = context.options;

    /** Whether money is in an expression, on the way to a number. @type {(node: Node) => boolean} */
    const holdsMoney = (node) => {
      const type = services.getTypeAtLocation(node);
      if (isMoney(type)) return true;
      // What is a number already is reported where it became one.
      if (has(type, ts.TypeFlags.NumberLike)) return false;
      const children = /** @type {Record<string, unknown>} */ (/** @type {unknown} */ (node));
      return (context.sourceCode.visitorKeys[node.type] ?? [])
        .flatMap((key) => /** @type {Node | null | (Node | null)[]} */ (children[key]))
        .some((child) => child !== null && child !== undefined && holdsMoney(child));
    };

    /** @type {(report: Node, how: string, ...values: Node[]) => void} */
    const check = (report, how, ...values) => {
      const exact = ts.TypeFlags.BigIntLike | ts.TypeFlags.StringLike;
      if (values.some(holdsMoney)) context.report({ node: report, messageId: "money", data: { how } });
      else if (everyBigint && values.some((value) => has(services.getTypeAtLocation(value), exact))) {
        context.report({ node: report, messageId: "exact", data: { how } });
      }
    };

    return {
      CallExpression(node) {
        const how = converterOf(node.callee);
        if (how !== undefined) check(node, how, ...node.arguments);
        // `amounts.map(Number)`
        if (node.callee.type !== "MemberExpression") return;
        for (const argument of node.arguments) {
          const passed = converterOf(argument);
          if (passed === undefined) continue;
          const list = services.getTypeAtLocation(node.callee.object);
          const element = checker.getIndexTypeOfType(list, ts.IndexKind.Number);
          if (element !== undefined && isMoney(element)) {
            context.report({ node, messageId: "money", data: { how: passed } });
          }
        }
      },
      UnaryExpression(node) {
        if (node.operator === "+") check(node, "A unary plus", node.argument);
      },
    };
  },
};
