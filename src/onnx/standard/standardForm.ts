/**
 * A model as everything after it reads it: the operators of functions that a model brings along in their places, fused
 * operators spelled with standard ones, so that what they hide has a name, the image's channels before its rows, and any
 * number of images. What the model computes stays what it was.
 */
import type { Model } from "../model.ts";
import { rebatch } from "../rebatch.ts";
import { channelsFirst } from "./channelsFirst.ts";
import { inlineFunctions } from "./inlineFunctions.ts";
import { unfuse } from "./unfuse.ts";

/** @throws SightlineError BAD_INPUT: functions that call themselves or grow without bound, or a batch that cannot be freed */
export function standardForm(model: Model): Model {
	return rebatch(channelsFirst(unfuse(inlineFunctions(model))));
}
