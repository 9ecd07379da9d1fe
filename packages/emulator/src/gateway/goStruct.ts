/** Go's structs as the gateway reads requests into them: the names of ai/worker/runner.gen.go, without the packages. */

export type GoScalar = "string" | "bool" | "int" | "float32";

export interface GoSlice {
  readonly sliceOf: GoStruct;
}

export interface GoStruct {
  readonly name: string;
  /** Default: `worker`. */
  readonly package?: string;
  /** By their names on the wire, in the order of Go's struct, which is that of the alphabet. */
  readonly fields: Readonly<Record<string, GoScalar | GoSlice>>;
}

interface Scalars {
  readonly string: string;
  readonly bool: boolean;
  readonly int: number;
  readonly float32: number;
}

type ValueOf<T> = T extends keyof Scalars
  ? Scalars[T]
  : T extends GoSlice
    ? ReadonlyArray<ParamsOf<T["sliceOf"]>>
    : never;

/** What has been read into a struct. Absent and null are the same: a nil pointer. */
export type ParamsOf<S extends GoStruct> = {
  readonly [Field in keyof S["fields"]]?: ValueOf<S["fields"][Field]> | null;
};

export const typeOfField = ({ fields }: GoStruct, name: string): GoScalar | GoSlice | undefined =>
  Object.hasOwn(fields, name) ? fields[name] : undefined;
