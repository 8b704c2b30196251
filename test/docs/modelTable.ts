/** The README's table of the models that come along, from their cards. */
import { readCard } from "../../src/data/modelCard.ts";
import { zoo } from "../../src/zoo/zoo.ts";

/** Markdown, from the marker on to the next heading. */
export const modelTablePlace = /(<!-- models -->\n)[\s\S]*?(\n## )/;

export async function modelTable(): Promise<string> {
	const rows = await Promise.all(
		zoo.map(async ({ id, standsFor, expected }) => {
			const card = await readCard(id);
			if (card?.accuracy == null || expected === null) throw new Error(`${id} has no measured card`);
			const { value, low, high } = card.accuracy;
			const parameters = (expected.parameters / 1e6).toFixed(1);
			const top1 = `${percent(value)} (${percent(low)} to ${percent(high)})`;
			return `| \`${id}\` | ${parameters} M | ${thousands(card.imagesDistinct)} | ${top1} | ${standsFor} |\n`;
		}),
	);
	const heads = "| model | parameters | training images | top-1, % | stands for |\n| --- | --- | --- | --- | --- |\n";
	return heads + rows.join("");
}

function percent(share: number): string {
	return (100 * share).toFixed(1);
}

function thousands(count: number): string {
	return `${(count / 1000).toLocaleString("en-GB")} k`;
}
