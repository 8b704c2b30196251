/** How sure it is that a model's first token is one that reads the whole image. */
import type { Finding } from "./anatomy.ts";
import type { TokenOverrides } from "./grid.ts";
import type { Tokens } from "./tokens.ts";

/** @param readsFirst whether the classifier reads token 0 */
export function classTokenFinding(tokens: Tokens, declared: TokenOverrides, readsFirst: boolean): Finding {
	const { layout, startsWithConstant: isConstant } = tokens;
	const part = "classToken";
	if (declared.classToken !== undefined)
		return { part, confidence: "certain", reason: "The model's entry declares whether there is one." };
	if (!layout.classToken) return { part, confidence: "certain", reason: "Every token is that of a patch." };
	if (isConstant && readsFirst)
		return {
			part,
			confidence: "certain",
			reason: "A learned token is put before the patches, and the classifier reads the first.",
		};
	if (isConstant)
		return {
			part,
			confidence: "likely",
			reason: "A learned token is put before the patches, but the classifier does not read the first alone.",
		};
	return {
		part,
		confidence: "guess",
		reason: "There are more tokens than patches; where the others come from was not seen.",
	};
}
