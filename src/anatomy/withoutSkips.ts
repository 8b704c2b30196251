/**
 * A model without the identity path of some residual additions (Raghu et al. 2021, Fig. 8): where stream and branch were
 * added, the branch alone goes on. The tensors keep their names, so every layer is still where it was.
 */
import { notFound, SightlineError } from "../errors.ts";
import type { Model, Node } from "../onnx/model.ts";
import type { Anatomy, ResidualAddition } from "./anatomy.ts";

/** Which additions of a block lose their stream: that beside one branch, or all of the block's. */
export interface SkipChoice {
	readonly block: number;
	readonly branch: ResidualAddition["kind"] | "all";
}

/**
 * A projection shortcut is removed as an identity is: it is the path around the branch.
 *
 * @throws SightlineError NOT_FOUND a block or branch that has no skip, with those that have one
 */
export function withoutSkips(
	model: Model,
	anatomy: Anatomy,
	choices: readonly SkipChoice[],
): { readonly model: Model; readonly anatomy: Anatomy } {
	const removed = new Set(choices.flatMap((choice) => additionsOf(anatomy, choice)));
	const branches = new Map([...removed].map(({ sum, branch }) => [sum, branch]));
	const nodes = model.graph.nodes.map((node): Node => {
		const branch = branches.get(node.outputs[0] ?? "");
		return branch === undefined
			? node
			: { ...node, operator: "Identity", domain: "", inputs: [branch], attributes: new Map() };
	});
	const names = [...removed].map(({ block, kind }) => `blocks.${block} beside its ${kind}`);
	return {
		model: { ...model, graph: { ...model.graph, nodes } },
		anatomy: {
			...anatomy,
			residuals: anatomy.residuals.filter((addition) => !removed.has(addition)),
			remarks: [...anatomy.remarks, `The skip of ${names.join(", and of ")} was removed.`],
		},
	};
}

/**
 * The additions that a choice names.
 *
 * @throws SightlineError NOT_FOUND a block or branch that has no skip, with those that have one
 */
export function additionsOf({ residuals }: Anatomy, { block, branch }: SkipChoice): readonly ResidualAddition[] {
	const own = residuals.filter((addition) => addition.block === block);
	const found = own.filter(({ kind }) => branch === "all" || kind === branch);
	if (found.length > 0) return found;
	if (own.length > 0)
		throw notFound(
			`skip of block ${block}`,
			branch,
			own.map(({ kind }) => kind),
		);
	const blocks = [...new Set(residuals.map((addition) => addition.block))];
	throw new SightlineError("NOT_FOUND", `block ${block} has no skip that could be removed`, {
		hint: blocks.length === 0 ? "This model has none at all." : `Blocks with skips: ${blocks.join(", ")}.`,
	});
}
