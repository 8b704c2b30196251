/** How often a model is right, as commands ask and tell it. */
import { SightlineError } from "../errors.ts";
import type { OpenServices } from "./services.ts";

export interface AskedAccuracy {
	readonly top1: { readonly value: number; readonly low: number; readonly high: number; readonly count: number };
	readonly top5: { readonly value: number };
}

/** @throws SightlineError BAD_INPUT: the model, and why there is no accuracy */
export async function askAccuracy(
	services: OpenServices,
	id: string,
	images: { readonly set: string | undefined; readonly split: string; readonly count: number },
	signal: AbortSignal,
): Promise<AskedAccuracy> {
	const query = `query ($id: ID!, $images: ImagesInput!) {
		model(id: $id) { accuracy(images: $images) { top1 { value low high count } top5 { value } reason } }
	}`;
	const { data, errors } = await services.execute({ query, variables: { id, images } }, signal);
	const [error] = errors ?? [];
	if (error !== undefined) {
		const { hint } = error.extensions ?? {};
		throw new SightlineError("BAD_INPUT", `${id}: ${error.message}`, typeof hint === "string" ? { hint } : {});
	}
	// The shape that the query states.
	const { accuracy } = (data as { model: { accuracy: (AskedAccuracy | { top1: null }) & { reason: string | null } } })
		.model;
	if (accuracy.top1 === null) throw new SightlineError("BAD_INPUT", `${id}: ${accuracy.reason}`);
	return accuracy;
}

export function percent(share: number): string {
	return `${(100 * share).toFixed(1)} %`;
}
