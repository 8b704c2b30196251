/** Options that several commands take, each with one meaning. */
import { InvalidArgumentError, Option } from "@commander-js/extra-typings";

export const deviceOption = () =>
	new Option("--device <device>", "where models run; auto takes a GPU only if a short trial is faster than the CPU")
		.choices(["auto", "cpu", "webgpu", "cuda"] as const)
		.default("auto" as const);

export const storeOption = () =>
	new Option("--store <folder>", "where results are kept (default: in your cache folder)").env("SIGHTLINE_STORE");

export const jsonOption = () => new Option("--json", "print JSON instead of text");

export const figuresOption = () =>
	new Option("--figures <numbers>", "only these, by their numbers: 1,7b,C.4").argParser((text) => text.split(","));

/** A number from 0 to 1. */
export function share(text: string): number {
	const value = Number(text);
	if (text.trim() !== "" && value >= 0 && value <= 1) return value;
	throw new InvalidArgumentError("expected a share from 0 to 1, such as 0.757.");
}

/** Where a site will be published, with a slash at its end, so that paths can be put behind it. */
export const siteUrlOption = () =>
	new Option(
		"--site-url <address>",
		"where the site will be published, for what needs whole addresses: snippets, citations, pictures beside links",
	).argParser(siteAddress);

function siteAddress(text: string): string {
	const address = URL.canParse(text) ? new URL(text) : null;
	if (address === null || !/^https?:$/.test(address.protocol) || address.search !== "" || address.hash !== "")
		throw new InvalidArgumentError("expected an address such as https://example.org/sightline/.");
	return address.href.replace(/\/?$/, "/");
}

/** A whole number from `least` on, within what an array index can be. */
export function wholeNumber(least: number): (text: string) => number {
	return (text) => {
		const value = Number(text);
		if (!/^\d+$/.test(text) || !(value >= least) || !(value < 2 ** 32)) {
			throw new InvalidArgumentError(`expected a whole number from ${least} on.`);
		}
		return value;
	};
}
