/**
 * Thrift's compact protocol, in which Parquet writes its headers (Apache Thrift, "Thrift Compact protocol encoding"):
 * fields by number, integers as zigzag varints. A stranger's bytes: numbers and nesting are bounded.
 */

export type ThriftValue = boolean | number | Uint8Array | readonly ThriftValue[] | ThriftStruct;
export type ThriftStruct = ReadonlyMap<number, ThriftValue>;

/** Parquet's own headers nest 6 deep. */
const maxDepth = 32;

/** @throws RangeError where the bytes end before, or are no struct */
export function readStruct(bytes: Uint8Array): { readonly struct: ThriftStruct; readonly length: number } {
	const reader = new Reader(bytes);
	return { struct: reader.struct(0), length: reader.at };
}

class Reader {
	at = 0;
	readonly #bytes: Uint8Array;
	readonly #view: DataView;

	constructor(bytes: Uint8Array) {
		this.#bytes = bytes;
		this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	}

	struct(depth: number): ThriftStruct {
		if (depth > maxDepth) throw new RangeError("structs are nested too deep");
		const fields = new Map<number, ThriftValue>();
		for (let id = 0; ; ) {
			const byte = this.#byte();
			const type = byte & 15;
			if (type === 0) return fields;
			id = byte >> 4 === 0 ? this.#integer() : id + (byte >> 4);
			// In a struct a boolean's value is its type.
			fields.set(id, type <= 2 ? type === 1 : this.#value(type, depth));
		}
	}

	#value(type: number, depth: number): ThriftValue {
		switch (type) {
			case 1:
			case 2:
				return this.#byte() === 1;
			case 3:
				return (this.#byte() << 24) >> 24;
			case 4:
			case 5:
			case 6:
				return this.#integer();
			case 7:
				this.at += 8;
				return this.#view.getFloat64(this.at - 8, true);
			case 8:
				return this.#take(this.#varint());
			case 9:
			case 10:
				return this.#list(depth);
			case 12:
				return this.struct(depth + 1);
			default:
				throw new RangeError(`a value of type ${type}`);
		}
	}

	#list(depth: number): readonly ThriftValue[] {
		const byte = this.#byte();
		const count = byte >> 4 === 15 ? this.#varint() : byte >> 4;
		// Each element takes a byte at least.
		if (count > this.#bytes.length - this.at) throw new RangeError(`a list of ${count} elements`);
		return Array.from({ length: count }, () => this.#value(byte & 15, depth + 1));
	}

	#integer(): number {
		const value = this.#varint();
		return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
	}

	/** Up to 2^53: no length, count or place is larger, and statistics in larger numbers are not asked for. */
	#varint(): number {
		let [value, factor] = [0, 1];
		for (let read = 0; read < 10; read++, factor *= 128) {
			const byte = this.#byte();
			value += (byte & 127) * factor;
			if (byte < 128) return value;
		}
		throw new RangeError("a number that does not end");
	}

	#byte(): number {
		const byte = this.#bytes[this.at++];
		if (byte === undefined) throw new RangeError("it ends within a value");
		return byte;
	}

	#take(count: number): Uint8Array {
		if (count > this.#bytes.length - this.at) throw new RangeError(`${count} bytes where fewer are left`);
		this.at += count;
		return this.#bytes.subarray(this.at - count, this.at);
	}
}
