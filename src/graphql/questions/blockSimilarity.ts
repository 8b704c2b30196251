/** Query.blockSimilarity: the same block of two models. */
import { layersOf } from "../../anatomy/anatomy.ts";
import type { Context } from "../context.ts";
import { openModel } from "../models.ts";
import type { BlockSimilarity, LayersInput, QueryBlockSimilarityArgs } from "../schema.generated.ts";
import { matrix, similarity } from "./similarity.ts";

export async function blockSimilarity(
	context: Context,
	{ before, after, ...given }: QueryBlockSimilarityArgs,
): Promise<BlockSimilarity> {
	const models = await Promise.all([before, after].map((id) => openModel(context, id)));
	const [blocks = 0, others = 0] = models.map(({ anatomy }) => layersOf(anatomy, "blocks").length);
	if (blocks === 0 || blocks !== others) {
		const reason = `${before} has ${blocks} blocks, ${after} ${others}: no block of one is the same block of the other`;
		return { blocks: [], reason, provenance: null };
	}
	const side = (model: string): LayersInput => ({ model, preset: "blocks" });
	const parent = await similarity(context, { ...given, rows: side(before), columns: side(after) });
	const { value, provenance } = await matrix(context, parent);
	return {
		blocks: value.values.map((row, block) => {
			const layers = [parent.rows[block]?.name, parent.columns[block]?.name];
			const own = value.reasons.find(({ layer }) => layer !== null && layers.includes(layer));
			const general = value.reasons.find(({ layer }) => layer === null);
			const [found = null, standardError = null] = [row[block], value.standardErrors[block]?.[block]];
			const reason = found === null ? (own ?? general) : standardError === null ? general : undefined;
			return { block, value: found, standardError, reason: reason?.reason ?? null };
		}),
		reason: null,
		provenance,
	};
}
