/** A model's layers as they are asked for: by name, or as the outputs of blocks. */
import type { Layer } from "../anatomy/anatomy.ts";
import { layersOf, namedLayers } from "../anatomy/anatomy.ts";
import type { OpenModel } from "../data/modelFile.ts";
import { notFound, SightlineError } from "../errors.ts";

/**
 * In the order asked.
 * @throws SightlineError NOT_FOUND an unknown layer, with near misses; BAD_INPUT no name, or one twice
 */
export function layersNamed({ anatomy, identity }: OpenModel, names: readonly string[]): readonly Layer[] {
	const twice = names.find((name, index) => names.indexOf(name) !== index);
	if (names.length === 0 || twice !== undefined)
		throw new SightlineError(
			"BAD_INPUT",
			twice === undefined ? `names of layers of ${identity.id} is an empty list` : `layer "${twice}" is named twice`,
			{ hint: "Name each layer once, or name none and take what is measured without." },
		);
	return names.map((name) => {
		const known = namedLayers(anatomy);
		const layer = known.find((candidate) => candidate.name === name);
		const all = known.map((candidate) => candidate.name);
		if (layer === undefined) throw notFound(`layer of ${identity.id}`, name, all);
		return layer;
	});
}

/**
 * The outputs of blocks, in the order asked.
 *
 * @param indices from 0; below 0 they count from the last block, which is -1
 * @throws SightlineError NOT_FOUND a block that the model does not have
 */
export function blockOutputs({ anatomy, identity }: OpenModel, indices: readonly number[]): readonly Layer[] {
	const outputs = layersOf(anatomy, "blocks");
	return indices.map((index) => {
		const layer = outputs.at(index);
		if (layer !== undefined) return layer;
		throw new SightlineError("NOT_FOUND", `no block ${index} of ${identity.id}, which has ${outputs.length}`, {
			hint: "Blocks count from 0, or from the last as -1, -2, ...",
		});
	});
}
