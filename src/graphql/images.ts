/** Which images a field asks for: checked, and with the digest that determines them. */
import type { ImageSet } from "../data/imageSet.ts";
import { notFound, SightlineError } from "../errors.ts";
import type { ImageSelection } from "../plan/measurement.ts";
import { limits } from "./limits.ts";
import type { ImagesInput } from "./schema.generated.ts";
import type { Services } from "./services.ts";

/** @throws SightlineError NOT_FOUND an unknown set or split; BAD_INPUT a number below 1; LIMIT one too high */
export function selectImages(services: Services, input: ImagesInput): ImageSelection {
	const { count, batchSize } = input;
	const set = imageSetOf(services, input.set);
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

/** @throws SightlineError NOT_FOUND with near misses */
export function imageSetOf(services: Services, id: string): ImageSet {
	const set = services.imageSets.find((candidate) => candidate.id === id);
	if (set !== undefined) return set;
	throw notFound(
		"image set",
		id,
		services.imageSets.map((candidate) => candidate.id),
	);
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
