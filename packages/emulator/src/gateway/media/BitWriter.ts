/** Writes H.264's syntax elements, bit after bit, into a NAL unit (ITU-T H.264, 7.3.1 and 9.1). */

export class BitWriter {
  #bytes = new Uint8Array(1024);
  #length = 0;
  /** The bits that do not fill a byte yet. */
  #pending = 0;
  #count = 0;
  /** How many zero bytes were just written. */
  #zeros = 0;

  /** `head`: the unit's first bytes. */
  constructor(head: ReadonlyArray<number>) {
    for (const byte of head) this.byte(byte);
  }

  /** The lowest bits of a value, the highest of them first. */
  write(value: number, bits: number): this {
    for (let bit = bits - 1; bit >= 0; bit -= 1) {
      this.#pending = (this.#pending << 1) | ((value >>> bit) & 1);
      this.#count += 1;
      if (this.#count === 8) this.byte(this.#pending);
    }
    return this;
  }

  /** An Exp-Golomb code of a number that is not negative. The signed 0 has the same code. */
  golomb(value: number): this {
    const bits = 32 - Math.clz32(value + 1);
    return this.write(0, bits - 1).write(value + 1, bits);
  }

  /** Zeros up to the next byte. */
  align(): this {
    return this.#count === 0 ? this : this.write(0, 8 - this.#count);
  }

  /** A whole byte, at the beginning of one. Two zeros and a small number would look like the start of a unit. */
  byte(value: number): void {
    this.#pending = 0;
    this.#count = 0;
    if (this.#zeros === 2 && value <= 3) this.#append(3);
    this.#append(value);
  }

  #append(value: number): void {
    if (this.#length === this.#bytes.length) {
      const longer = new Uint8Array(this.#length * 2);
      longer.set(this.#bytes);
      this.#bytes = longer;
    }
    this.#bytes[this.#length] = value;
    this.#length += 1;
    this.#zeros = value === 0 ? this.#zeros + 1 : 0;
  }

  /** The unit, with the bit that ends it. */
  end(): Uint8Array {
    this.write(1, 1).align();
    return this.#bytes.slice(0, this.#length);
  }
}
