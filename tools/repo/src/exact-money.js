/**
 * The lint rule that keeps money exact: an amount must never become a `number`, which rounds, nor be computed as one. It
 * reads types, so eslint.config.js turns it on where there are some.
 *
 * An amount is what has the brand `NanoUsd`, and what is made of one: `Number(toUsd(amount))` is no better than
 * `Number(amount)`. With `everyBigint`, as in @sluice/pricing itself, so is every bigint and every text.
 *
 * Its limits: it follows a `const` to what it was set to, twice. A `let`, a parameter, a property, what a destructuring
 * or a function of one's own gives are known by their types alone, and so is a number that was computed before.
 */
import ts from "typescript";

/**
 * @typedef {import("estree").Node | import("estree").SpreadElement} Node
 * @typedef {{ getTypeAtLocation(node: Node): ts.Type, program: ts.Program | null }} Services
 */

const converters = /^(globalThis\.)?((Number\.)?parse(Float|Int)|Number|Math\.\w+)$/;
const constSteps = 2;

/** @type {(type: ts.Type, test: (part: ts.Type) => boolean) => boolean} */
const some = (type, test) => (type.isUnion() ? type.types.some(test) : test(type));

/** TypeScript names the property of a unique symbol after the symbol. */
const isMoney = (/** @type {ts.Type} */ type) =>
  some(type, (part) => part.getProperties().some(({ name }) => name.startsWith("__@nanoUsdBrand")));

const has = (/** @type {ts.Type} */ type, /** @type {ts.TypeFlags} */ flags) =>
  some(type, (part) => (part.flags & flags) !== 0);

/** What a dotted name is written as, such as `Number.parseFloat`. @type {(node: Node) => string} */
const nameOf = (node) => {
  if (node.type === "Identifier") return node.name;
  if (node.type !== "MemberExpression" || node.computed || node.property.type !== "Identifier") return "";
  return `${nameOf(node.object)}.${node.property.name}`;
};

/** `Number`, `Number.parseFloat` or `Math.round`: what turns its argument into a number. */
const converterOf = (/** @type {Node} */ callee) => {
  const name = nameOf(callee);
  return converters.test(name) ? name : undefined;
};

/** A variable or a property: what it holds may be a whole number for all that its name tells. */
const isPlain = (/** @type {Node} */ node) => node.type === "Identifier" || node.type === "MemberExpression";

const isInteger = (/** @type {ts.Type} */ type) => type.isNumberLiteral() && Number.isInteger(type.value);

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
      computed:
        "An amount is computed as a float here, which rounds, before BigInt sees it. Read a price with `parseUsd`, and " +
        "multiply amounts with `times`; `quote` prices a call.",
    },
    schema: [{ type: "object", properties: { everyBigint: { type: "boolean" } }, additionalProperties: false }],
    defaultOptions: [{ everyBigint: false }],
  },
  create(context) {
    const services = /** @type {Services} */ (/** @type {unknown} */ (context.sourceCode.parserServices));
    if (!services.program) throw new Error("exact-money reads types: turn it on for files of a tsconfig.");
    const checker = services.program.getTypeChecker();
    const [{ everyBigint }] = context.options;

    const exact = ts.TypeFlags.BigIntLike | ts.TypeFlags.StringLike;

    /** What a `const` was set to. @type {(node: import("estree").Identifier) => Node | null | undefined} */
    const initialiserOf = (node) => {
      const { references } = context.sourceCode.getScope(node);
      const [definition] = references.find(({ identifier }) => identifier === node)?.resolved?.defs ?? [];
      if (definition?.type !== "Variable" || definition.parent.kind !== "const") return undefined;
      return definition.node.id.type === "Identifier" ? definition.node.init : undefined;
    };

    /**
     * Whether something is in an expression, or in what its constants were set to, on the way to a number or an amount.
     * @type {(node: Node, test: (node: Node, type: ts.Type) => boolean, steps?: number) => boolean}
     */
    const holds = (node, test, steps = constSteps) => {
      const type = services.getTypeAtLocation(node);
      if (test(node, type)) return true;
      // What is a number already is reported where it became one.
      if (has(type, ts.TypeFlags.NumberLike)) return false;
      if (node.type === "Identifier") {
        const value = steps > 0 && has(type, exact) ? initialiserOf(node) : undefined;
        return value !== null && value !== undefined && holds(value, test, steps - 1);
      }
      const children = /** @type {Record<string, unknown>} */ (/** @type {unknown} */ (node));
      return (context.sourceCode.visitorKeys[node.type] ?? [])
        .flatMap((key) => /** @type {Node | null | (Node | null)[]} */ (children[key]))
        .some((child) => child !== null && child !== undefined && holds(child, test, steps));
    };

    const holdsMoney = (/** @type {Node} */ node) => holds(node, (_, type) => isMoney(type));

    /** `BigInt` of a number that is computed on the spot. @type {(node: Node) => boolean} */
    const isComputed = (node) => {
      if (node.type !== "CallExpression" || nameOf(node.callee) !== "BigInt") return false;
      const [value] = node.arguments;
      if (value === undefined || isPlain(value)) return false;
      const type = services.getTypeAtLocation(value);
      return has(type, ts.TypeFlags.NumberLike) && !isInteger(type);
    };

    /** @type {(report: Node, how: string, ...values: Node[]) => void} */
    const check = (report, how, ...values) => {
      if (values.some(holdsMoney)) context.report({ node: report, messageId: "money", data: { how } });
      else if (everyBigint && values.some((value) => has(services.getTypeAtLocation(value), exact))) {
        context.report({ node: report, messageId: "exact", data: { how } });
      }
    };

    return {
      CallExpression(node) {
        const how = converterOf(node.callee);
        if (how !== undefined) check(node, how, ...node.arguments);
        if (nameOf(node.callee) === "nanoUsd" && node.arguments.some((argument) => holds(argument, isComputed))) {
          context.report({ node, messageId: "computed" });
        }
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
      NewExpression(node) {
        const how = converterOf(node.callee);
        if (how !== undefined) check(node, `new ${how}`, ...node.arguments);
      },
      UnaryExpression(node) {
        if (node.operator === "+") check(node, "A unary plus", node.argument);
      },
    };
  },
};
