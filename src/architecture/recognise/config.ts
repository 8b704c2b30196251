/** Reads config.json as Hugging Face, timm and users write it: what is missing is null, what cannot be is refused. */
import { SightlineError, shown } from "../../errors.ts";

export class Config {
	readonly #values: Readonly<Record<string, unknown>>;
	/** "config.json: pretrained_cfg" */
	readonly #place: string;

	/** @param value what the file holds; null where there is none */
	constructor(value: unknown, place = "config.json") {
		const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
		if (!isObject && value !== null && value !== undefined) {
			throw new SightlineError("BAD_INPUT", `${place} is ${shown(value)}, expected an object`);
		}
		this.#values = isObject ? { ...value } : {};
		this.#place = place;
	}

	get isEmpty(): boolean {
		return Object.keys(this.#values).length === 0;
	}

	text(name: string): string | null {
		return this.#checked(name, "a text", (value): value is string => typeof value === "string");
	}

	flag(name: string): boolean | null {
		return this.#checked(name, "true or false", (value): value is boolean => typeof value === "boolean");
	}

	/** A finite number above 0. */
	positive(name: string): number | null {
		return this.#checked(name, "a number above 0", isPositive);
	}

	/** A whole number from 1. */
	count(name: string): number | null {
		return this.#checked(name, "a whole number from 1", isCount);
	}

	object(name: string): Config {
		return new Config(this.#values[name], `${this.#place}: ${name}`);
	}

	/** An image's sides in pixels: one for both, two, or two behind the number of channels. */
	sides(name: string): readonly [height: number, width: number] | null {
		const value = this.#checked(
			name,
			"a side, [height, width] or [channels, height, width]",
			(given): given is number | number[] =>
				isCount(given) || (Array.isArray(given) && [2, 3].includes(given.length) && given.every(isCount)),
		);
		if (value === null) return null;
		const [height = 0, width = 0] = typeof value === "number" ? [value, value] : value.slice(-2);
		return [height, width];
	}

	#checked<T>(name: string, expected: string, isRight: (value: unknown) => value is T): T | null {
		const value = Object.hasOwn(this.#values, name) ? this.#values[name] : undefined;
		if (value === undefined || value === null) return null;
		if (isRight(value)) return value;
		throw new SightlineError("BAD_INPUT", `${this.#place}: ${name} is ${shown(value)}, expected ${expected}`);
	}
}

function isPositive(value: unknown): value is number {
	return typeof value === "number" && Number.isFinite(value) && value > 0;
}

function isCount(value: unknown): value is number {
	return Number.isSafeInteger(value) && Number(value) > 0;
}
