/** What all measurements have in common. */
import { html } from "../../html.ts";
import type { MethodSection } from "./section.ts";

export const sharedGround: MethodSection = {
	id: "common",
	title: "What all values have in common",
	body: html`<p>Each image is brought to the form that its model was trained on, and runs through the model once for all that is asked of it. What is measured is reduced on the device, next to the layer that it is read from: Gram matrices, distances, norms. These small tensors are float32; everything that is summed over images is summed in float64, batch by batch in a fixed order, so that the same device gives the same digits however the work was divided.</p>
<p>The images are the first of a split that the models did not see in training; their number, batches and seed stand below every figure, with the digests of the models. A value that does not exist is missing with the reason, and never a number.</p>
<p>Digits on the pages are rounded; the CSV and JSON files of each figure hold six decimals, and the query printed on its page answers with all of them.</p>`,
	sources: [],
};
