/** Image sets by name, and which of their images a field asks for: checked, and with the digest that determines them. */
import type { ImageSet } from "../data/imageSet.ts";
import { notFound, SightlineError } from "../errors.ts";
import type { ImageSelection } from "../plan/measurement.ts";
import { checkPlace } from "./asker.ts";
import type { Context } from "./context.ts";
import { limits } from "./limits.ts";
import type { ImagesInput } from "./schema.generated.ts";

/** @throws SightlineError NOT_FOUND an unknown set or split; BAD_INPUT a number below 1; LIMIT one too high */
export async function selectImages(context: Context, input: ImagesInput): Promise<ImageSelection> {
	const { count, batchSize } = input;
	const set = await openImageSet(context, input.set);
	const split = set.splits.get(input.split);
	if (split === undefined) throw notFound(`split of image set "${set.id}"`, input.split, [...set.splits.keys()]);
	atLeastOne("count", count);
	atLeastOne("batchSize", batchSize);
	atMost("images.count", count, limits.imagesPerField, "images");
	atMost("images.batchSize", batchSize, limits.batchSize, "images");
	atMost("images.count * images.batchSize", count * batchSize, limits.imagesTimesBatch, "pairs of images");
	if (count > split.count)
		throw new SightlineError(
			"BAD_INPUT",
			`images.count is ${count}; ${set.id}/${input.split} has ${split.count} images`,
			{
				hint: `Ask for at most ${split.count}, or for another split.`,
			},
		);
	return { set: set.id, split: input.split, digest: set.digest, count, batchSize };
}

/**
 * A set by its id, or images by their path; opened once per operation.
 * @throws SightlineError NOT_FOUND; BAD_INPUT also for a path that whoever asks may not give
 */
export function openImageSet(context: Context, id: string): Promise<ImageSet> {
	const known = context.imageSets.get(id);
	if (known !== undefined) return known;
	const opening = context.gatherer.prepare(openAllowed(context, id));
	context.imageSets.set(id, opening);
	return opening;
}

async function openAllowed({ services, asker }: Context, id: string): Promise<ImageSet> {
	const { imageSets: known, folder } = services;
	if (!known.includes(id)) await checkPlace(asker, { kind: "image set", given: id, known, folder });
	return services.openImageSet(id);
}

function atLeastOne(name: string, given: number): void {
	if (!(given >= 1))
		throw new SightlineError("BAD_INPUT", `images.${name} is ${given}; it must be at least 1`, {
			hint: "Left out, it is 512 for count and 64 for batchSize.",
		});
}

function atMost(name: string, given: number, limit: number, unit: string): void {
	if (given > limit) throw new SightlineError("LIMIT", `${name} is ${given}; at most ${limit} ${unit} are allowed`);
}
