/**
 * Reads an object that came from outside, field by field: each is checked when it is read, and `end` refuses what was
 * never asked for. An error says where the object came from, which field it is, what stands there and what should.
 */
import { notFound, SightlineError, shown } from "../errors.ts";

export class Fields {
	readonly #values: Readonly<Record<string, unknown>>;
	/** "sightline.json: models[2].source" */
	readonly #place: string;
	readonly #read = new Set<string>();

	/** @param place where the value came from, for messages */
	constructor(value: unknown, place: string) {
		if (typeof value !== "object" || value === null || Array.isArray(value)) {
			throw new SightlineError("BAD_INPUT", `${place} is ${shown(value)}, expected an object`);
		}
		this.#values = value as Record<string, unknown>; // every object is one
		this.#place = place;
	}

	has(name: string): boolean {
		this.#read.add(name);
		return this.#values[name] !== undefined && this.#values[name] !== null;
	}

	/** Whether the field, which may be of several kinds, is a list. */
	isList(name: string): boolean {
		this.#read.add(name);
		return Array.isArray(this.#values[name]);
	}

	/** The field by the reader, or null where it is missing or null. */
	optional<T>(name: string, read: (name: string) => T): T | null {
		return this.has(name) ? read.call(this, name) : null;
	}

	/** What kind of value stands there, for fields that may be written in several ways. */
	kind(name: string): "text" | "number" | "list" | "object" | "other" {
		const value = this.#values[name];
		if (Array.isArray(value)) return "list";
		if (typeof value === "string") return "text";
		if (typeof value === "number") return "number";
		return typeof value === "object" && value !== null ? "object" : "other";
	}

	text(name: string): string {
		return this.#checked(name, "a text", (value) => typeof value === "string" && value !== "");
	}

	/** A finite number. */
	number(name: string): number {
		return this.#checked(name, "a number", Number.isFinite);
	}

	/** A whole number from 0. */
	count(name: string): number {
		return this.#checked(name, "a whole number from 0", (value) => Number.isSafeInteger(value) && Number(value) >= 0);
	}

	/** A whole number from 1. */
	positive(name: string): number {
		return this.#checked(name, "a whole number from 1", (value) => Number.isSafeInteger(value) && Number(value) > 0);
	}

	boolean(name: string): boolean {
		return this.#checked(name, "true or false", (value) => typeof value === "boolean");
	}

	oneOf<const Choice extends string | number>(name: string, choices: readonly Choice[]): Choice {
		const expected = `one of ${choices.map(shown).join(", ")}`;
		return this.#checked(name, expected, (value) => choices.some((choice) => choice === value));
	}

	/** A list of some of these, none twice. */
	eachOneOf<const Choice extends string>(name: string, choices: readonly Choice[]): readonly Choice[] {
		const expected = `a list of some of ${choices.map(shown).join(", ")}, none twice`;
		const isRight = (value: unknown): boolean =>
			Array.isArray(value) &&
			new Set(value).size === value.length &&
			value.every((item) => choices.some((choice) => choice === item));
		return this.#checked(name, expected, isRight);
	}

	/** @param length how many there must be; any number from 1 if left out */
	numbers(name: string, length?: number): readonly number[] {
		const isRight = (value: unknown): boolean =>
			Array.isArray(value) && value.every(Number.isFinite) && value.length === (length ?? Math.max(1, value.length));
		return this.#checked(name, `a list of ${length ?? "one or more"} numbers`, isRight);
	}

	/** A list of one or more texts. */
	texts(name: string): readonly string[] {
		const isText = (value: unknown): boolean => typeof value === "string" && value !== "";
		const isRight = (value: unknown): boolean => Array.isArray(value) && value.length > 0 && value.every(isText);
		return this.#checked(name, "a list of one or more texts", isRight);
	}

	/** The names of all fields, for an object whose fields anybody may name. */
	names(): readonly string[] {
		return Object.keys(this.#values);
	}

	/** An object within this one. */
	object(name: string): Fields {
		this.#read.add(name);
		return new Fields(this.#values[name], `${this.#place}.${name}`);
	}

	/** A list of objects. */
	objects(name: string): readonly Fields[] {
		const items = this.#checked<readonly unknown[]>(name, "a list", Array.isArray);
		return items.map((item, index) => new Fields(item, `${this.#place}.${name}[${index}]`));
	}

	/** @throws SightlineError BAD_INPUT where a field was never read, with the near misses */
	end(): void {
		const unknown = Object.keys(this.#values).find((name) => !this.#read.has(name));
		if (unknown === undefined) return;
		const { hint = "" } = notFound("field", unknown, [...this.#read]);
		throw new SightlineError("BAD_INPUT", `${this.#place}: unknown field "${unknown}"`, { hint });
	}

	/** An error about a field whose value is of the right type and yet cannot be. */
	wrong(name: string, expected: string): SightlineError {
		const value = this.#values[name];
		const given = value === undefined ? "is missing" : `is ${shown(value)}`;
		return new SightlineError("BAD_INPUT", `${this.#place}.${name} ${given}, expected ${expected}`);
	}

	#checked<T>(name: string, expected: string, isRight: (value: unknown) => boolean): T {
		this.#read.add(name);
		const value = this.#values[name];
		if (!isRight(value)) throw this.wrong(name, expected);
		return value as T; // just checked
	}
}
