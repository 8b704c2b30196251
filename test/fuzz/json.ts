/** Damages to a value of JSON: what is of the right form, but says something else. */
import type { Random } from "../../src/numerics/random.ts";
import { awkwardNames, extremeNumbers, oneOf } from "./bytes.ts";

/** A text of JSON with one to three places changed: another number, name or type, one left out, doubled or nested. */
export function damagedJson(value: unknown, source: Random): string {
	let changed: unknown = structuredClone(value);
	for (let damages = 1 + source.below(3); damages > 0; damages--) {
		const places = placesOf(changed);
		if (places.length === 0) break;
		changed = damage(changed, oneOf(places, source), source);
	}
	// Keys that stand twice, which no object can hold.
	const text = JSON.stringify(changed).replaceAll(`"${deep}"`, () => {
		const depth = 10 ** (1 + source.below(5));
		return source.below(2) === 0
			? "[".repeat(depth) + "]".repeat(depth)
			: `${'{"a":'.repeat(depth)}0${"}".repeat(depth)}`;
	});
	return source.below(12) === 0 && text.startsWith("{") ? `{${text.slice(1, -1)},${text.slice(1)}` : text;
}

/** An object or an array, and one of its keys. */
interface Place {
	readonly parent: Record<string, unknown>;
	readonly key: string;
}

/** A place of each depth is as likely as those of any other: a header has thousands of numbers and few names. */
function placesOf(value: unknown): readonly Place[] {
	const found: Place[] = [];
	const open: unknown[] = [value];
	for (let each = open.pop(); each !== undefined && found.length < 20_000; each = open.pop()) {
		if (typeof each !== "object" || each === null) continue;
		const parent = each as Record<string, unknown>; // an array's keys are its indices
		for (const [key, child] of Object.entries(parent)) {
			found.push({ parent, key });
			if (typeof child === "object" && child !== null) open.push(child);
		}
	}
	return found;
}

function damage(whole: unknown, { parent, key }: Place, source: Random): unknown {
	const value = parent[key];
	const put = (name: string, other: unknown): unknown => {
		if (Array.isArray(parent)) parent[Number(name)] = other;
		else Object.defineProperty(parent, name, { value: other, enumerable: true, configurable: true, writable: true });
		return whole;
	};
	switch (source.below(9)) {
		case 0:
			if (Array.isArray(parent)) parent.splice(Number(key), 1);
			else delete parent[key];
			return whole;
		case 1:
			return put(Array.isArray(parent) ? `${parent.length}` : `${key}.copy`, structuredClone(value));
		case 2:
			return put(key, deep);
		case 3:
			return put(key, oneOf([null, true, "", {}, [], [[]], "F32", 0.5, { a: 1 }], source));
		case 4: {
			if (Array.isArray(parent)) return put(key, Array(1 + source.below(70)).fill(oneOf(extremeNumbers, source)));
			delete parent[key];
			return put(oneOf(awkwardNames, source), value);
		}
		case 5: {
			const other = oneOf(placesOf(whole), source);
			const moved = other.parent[other.key];
			return put(key, structuredClone(moved));
		}
		case 6:
			return put(key, typeof value === "string" ? oneOf(awkwardNames, source) : `${value}`);
		default:
			return put(key, Array.isArray(value) ? value.map((each) => other(each, source)) : other(value, source));
	}
}

function other(value: unknown, source: Random): unknown {
	if (typeof value === "number" && source.below(2) === 0) return value + source.below(5) - 2;
	return oneOf(extremeNumbers, source);
}

/** Stands for lists or objects within each other, deeper than whoever writes JSON can go. */
const deep = "deep";
