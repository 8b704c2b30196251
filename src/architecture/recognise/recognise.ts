/** Which published model a checkpoint is: told by the names and shapes of its tensors, and by config.json where there is one. */
import { SightlineError } from "../../errors.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { googleBit, timmBit } from "./bit.ts";
import { Config } from "./config.ts";
import { googleVit } from "./googleVit.ts";
import { huggingFaceVit } from "./huggingFaceVit.ts";
import { googleMixer, timmMixer } from "./mixer.ts";
import { huggingFaceResnet, torchvisionResnet } from "./resnet.ts";
import type { Recognised, Source } from "./source.ts";
import { timmVit } from "./timmVit.ts";
import { torchvisionVit } from "./torchvisionVit.ts";

const sources: readonly Source[] = [
	timmVit,
	huggingFaceVit,
	torchvisionVit,
	googleVit,
	timmMixer,
	googleMixer,
	torchvisionResnet,
	huggingFaceResnet,
	timmBit,
	googleBit,
];

/**
 * @param tensors a checkpoint's, under the names that it has; their bytes are not read
 * @param config what config.json holds; null where there is none
 * @param imageSize what the model shall be built for, in pixels; left out: what the checkpoint is for
 * @returns the architecture with its tensors, to be given to buildArchitecture
 * @throws SightlineError BAD_INPUT: a checkpoint of nobody who is known, with what was seen; or what is known and not built
 */
export function recogniseCheckpoint(
	tensors: ReadonlyMap<string, Tensor>,
	config: unknown,
	imageSize: readonly [height: number, width: number] | null = null,
): Recognised {
	const names = new Set(tensors.keys());
	const source = sources.find((each) => each.matches(names));
	if (source === undefined) throw unknown(names);
	const weights = new Map([...tensors].filter(([name]) => !counter.test(name)));
	const recognised = source.read({ tensors: weights, config: new Config(config), imageSize });
	const { architecture } = recognised;
	if (architecture.classes > 0) return recognised;
	const remark = "The checkpoint has no head: what a head would read is taken for the logits.";
	return { ...recognised, remarks: [...recognised.remarks, remark] };
}

/** A counter that PyTorch keeps in BatchNorm while training. */
const counter = /\.num_batches_tracked$/;

/** Names with their numbers left out, the most frequent first, tell what the checkpoint is made of. */
function unknown(names: ReadonlySet<string>): SightlineError {
	const counts = new Map<string, number>();
	for (const name of names) {
		const pattern = name.replace(/\d+/g, "N");
		counts.set(pattern, (counts.get(pattern) ?? 0) + 1);
	}
	const seen = [...counts]
		.sort(([a, first], [b, second]) => second - first || (a < b ? -1 : 1))
		.slice(0, 12)
		.map(([pattern, count]) => `${count} ${pattern.slice(0, 80)}`);
	const kinds = counts.size > seen.length ? `, and ${counts.size - seen.length} further kinds` : "";
	const message = `its ${names.size} tensors have names of no model that is known: ${seen.join(", ") || "none"}${kinds}`;
	return new SightlineError("BAD_INPUT", message, {
		hint: `Known are the names of ${sources.map(({ title }) => title).join("; ")}. Any other model can be given as .onnx.`,
	});
}
