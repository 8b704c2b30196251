/** How many heads a published ViT of a width has: neither timm's nor torchvision's checkpoints say it. */
import { notBuilt } from "./source.ts";

/** Widths whose heads are not 64 wide: So400m, H, g, G, and timm's test models. */
const exceptions: ReadonlyMap<number, number> = new Map([
	[1152, 16],
	[1280, 16],
	[1408, 16],
	[1664, 16],
	[64, 2],
	[96, 3],
]);

/**
 * @param architecture timm's name for it, where there is one: "vit_base_patch16_224"
 * @throws SightlineError BAD_INPUT for a width that nobody published
 */
export function headsByWidth(width: number, architecture: string | null): number {
	if (architecture !== null && /^vit_base_patch16_gap_224|^vit_giantopt_/.test(architecture)) return 16;
	const heads = exceptions.get(width) ?? width / 64;
	if (Number.isInteger(heads)) return heads;
	throw notBuilt(
		`the heads of a ViT of width ${width} cannot be told from its weights`,
		'Give num_heads in "model_args" of config.json beside it, or the architecture in the model\'s entry.',
	);
}
