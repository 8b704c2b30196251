/** The axis of a heat map from what the API says of a model's layers. */
import type { Axis, StepGroup } from "./figureSpec.ts";
import type { LayerResult, ModelResult } from "./queryResult.ts";

/** Layers grouped by stage where the model has stages, by block otherwise; layers outside blocks stand alone. */
export function layerAxis(model: ModelResult, layers: readonly LayerResult[]): Axis {
	const byStage = model.blocks.some((block) => block.stage !== null);
	const stages = new Map(model.blocks.map((block) => [block.index, block.stage]));
	const groupOf = ({ block }: LayerResult) => (block === null ? null : byStage ? (stages.get(block) ?? null) : block);
	const unit = byStage ? "stage" : "block";
	const groups: StepGroup[] = [];
	layers.forEach((layer, step) => {
		const group = groupOf(layer);
		const last = groups.at(-1);
		if (group === null) return;
		if (last?.label === String(group) && last.end === step) groups[groups.length - 1] = { ...last, end: step + 1 };
		else groups.push({ label: String(group), name: `${unit} ${group}`, start: step, end: step + 1 });
	});
	return { title: `${model.title} layers, by ${unit}`, steps: layers.map((layer) => layer.name), groups };
}

/** The rows of each block of a model, in order: what statistics read as one. */
export function blockRuns(layers: readonly LayerResult[]): { start: number; end: number }[] {
	const blocks = [...new Set(layers.flatMap((layer) => (layer.block === null ? [] : [layer.block])))];
	return blocks.map((block) => ({
		start: layers.findIndex((layer) => layer.block === block),
		end: layers.findLastIndex((layer) => layer.block === block) + 1,
	}));
}
