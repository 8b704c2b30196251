/** Sizes in bytes as people write them: "10GB" is 10^10 bytes, "1GiB" 2^30. */
import { InvalidArgumentError } from "@commander-js/extra-typings";

const units: Readonly<Record<string, number>> = {
	b: 1,
	kb: 1e3,
	mb: 1e6,
	gb: 1e9,
	tb: 1e12,
	kib: 2 ** 10,
	mib: 2 ** 20,
	gib: 2 ** 30,
	tib: 2 ** 40,
};

export function parseBytes(text: string): number {
	const [, number = "", unit = ""] = /^(\d+(?:\.\d+)?)\s*([a-z]*)$/i.exec(text.trim()) ?? [];
	const factor = units[(unit || "b").toLowerCase()];
	if (number === "" || factor === undefined) {
		throw new InvalidArgumentError(`"${text}" is no size; expected a number and a unit, such as 500MB, 10GB or 2GiB.`);
	}
	return Math.round(Number(number) * factor);
}

/** Three digits at most and a decimal unit: "1.42 GB". */
export function formatBytes(bytes: number): string {
	const names = ["B", "kB", "MB", "GB", "TB"];
	const step = bytes < 1 ? 0 : Math.min(names.length - 1, Math.floor(Math.log10(bytes) / 3));
	const value = bytes / 1000 ** step;
	return `${step === 0 ? bytes : value.toFixed(value < 10 ? 2 : value < 100 ? 1 : 0)} ${names[step]}`;
}
