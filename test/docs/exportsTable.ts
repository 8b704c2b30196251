/** The README's table of what is recognised, from the models of test/fixtures/exports. */
import type { Anatomy } from "../../src/anatomy/anatomy.ts";
import type { Export } from "../support/exports.ts";
import { countsOf } from "../support/exports.ts";

/** A model of the folder, and what is found in it. */
export interface Recognised {
	readonly model: Export;
	/** null where it is refused */
	readonly anatomy: Anatomy | null;
}

/** What an exporter would not write, with what it said. */
export type Refused = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** Ways that have a column of their own, and how the others are called. */
const columns = { traced: "TorchScript", exported: "torch.export" } as const;
const others: Readonly<Record<string, string>> = {
	opset9: "opset 9",
	opset23: "opset 23",
	optimised: "optimised for transformers",
	extended: "optimised session",
	qdq: "QDQ",
	keras: "TorchScript",
	microsoft: "fused attention",
	multihead: "fused heads",
	tensorflow: "as tf2onnx",
	jax: "as jax2onnx",
	paddle: "as paddle2onnx",
};

const titles: Readonly<Record<string, string>> = {
	beit: "BEiT",
	bit: "ResNetV2-BiT-50",
	convnext: "ConvNeXt",
	deit: "DeiT, distilled",
	densenet: "DenseNet-121",
	dinov2: "DINOv2 with registers",
	efficientnet: "EfficientNet-B0",
	"efficientnet-lite": "EfficientNet-Lite0",
	mixer: "Mixer",
	mobilenetv1: "MobileNetV1",
	mobilenetv2: "MobileNetV2",
	mobilenetv3: "MobileNetV3-Small",
	resnet18: "ResNet-18",
	resnet50: "ResNet-50",
	resnet50v2: "ResNet-50 V2",
	siglip: "SigLIP",
	swin: "Swin",
	vgg: "VGG-16",
	"vgg-bn": "VGG-16 with BatchNorm",
	vit: "ViT",
	"vit-gap": "ViT without class token",
	"vit-postnorm": "ViT, post-norm",
	"vit-respostnorm": "ViT, norms behind branches",
	cait: "CaiT",
	swinv2: "Swin V2",
	coatnet: "CoAtNet",
	convnextv2: "ConvNeXt V2",
	crossvit: "CrossViT",
	efficientformer: "EfficientFormer",
	eva02: "EVA-02",
	ghostnet: "GhostNet",
	hrnet: "HRNet",
	inceptionv3: "Inception v3",
	levit: "LeViT",
	maxvit: "MaxViT",
	mobilevit: "MobileViT",
	poolformer: "PoolFormer",
	pvtv2: "PVT v2",
	regnet: "RegNetY",
	sam: "SAM's image encoder",
	shufflenetv2: "ShuffleNet V2",
	squeezenet: "SqueezeNet",
	tnt: "TNT",
	"vit-clip": "CLIP's ViT",
	"vit-swiglu": "ViT with SwiGLU",
	xcit: "XCiT",
};

export function exportsTable(models: readonly Recognised[], refused: Refused): string {
	const rows = new Map<string, Recognised[]>();
	for (const each of models) {
		const key = `| ${titleOf(each.model.network)} | ${cellOf(each)} |`;
		rows.set(key, [...(rows.get(key) ?? []), each]);
	}
	const lines = [...rows]
		.sort(([a], [b]) => a.localeCompare(b, "en"))
		.map(([key, own]) => `${key} ${cellsOf(own).join(" | ")} |`);
	const head = `| network | found | ${Object.values(columns).join(" | ")} | others |`;
	return `${head}\n| --- | --- | --- | --- | --- |\n${lines.join("\n")}\n\n${refusedWords(refused)}\n`;
}

function titleOf(network: string): string {
	const name = network.slice(0, network.lastIndexOf("."));
	return titles[name] ?? name;
}

/** What is found, and of a network that is not recognised in full, what is missed. */
function cellOf({ model: { shortfall, truth }, anatomy }: Recognised): string {
	if (anatomy === null) return `**Not recognised.** ${shortfall?.missed ?? ""}`;
	if (shortfall === undefined) return foundWords(anatomy);
	const { kinds, blocks, heads, residualAdditions } = countsOf(anatomy);
	const areOthers = !kinds.some((kind) => truth.kinds.includes(kind));
	const counts: readonly [string, number, number][] = [
		[areOthers ? "blocks, of another kind" : "blocks", blocks, truth.blocks],
		["attentions with heads", heads.length, truth.heads.length],
		["additions", residualAdditions, truth.residualAdditions],
	];
	const short = counts
		.filter(([, found, counted]) => found !== counted)
		.map(([name, found, counted]) => `${found} for ${counted} ${name}`);
	const sure = anatomy.findings.filter(({ part }) => part === "blocks" || part === "heads");
	const isSilent = sure.every(({ confidence }) => confidence === "certain");
	return [
		`${foundWords(anatomy)}.`,
		short.length === 0 ? "**In part.**" : `**In part**: ${short.join(", ")}.`,
		shortfall.missed,
		...(isSilent ? ["`inspect` is certain of what it finds all the same."] : []),
	].join(" ");
}

/** "12 encoder blocks, 3 heads, 24 additions, 4 x 4 patches and 1 token, pooling cls" */
function foundWords({ blocks, attentions, residuals, tokens, pooling }: Anatomy): string {
	const kinds = [...new Set(blocks.map(({ kind }) => kind))].join(" and ");
	const heads = [...new Set(attentions.map((each) => each.heads))].join("/");
	const windows = attentions.some((each) => each.windows !== undefined) ? " in windows" : "";
	const patches = (tokens?.grid[0] ?? 0) * (tokens?.grid[1] ?? 0);
	const before = (tokens?.count ?? 0) - patches;
	const classToken = tokens?.classToken ? " (class token first)" : "";
	return [
		`${blocks.length} ${kinds} blocks`,
		...(heads === "" ? [] : [`${heads} heads${windows}`]),
		`${residuals.length} additions`,
		...(tokens === null ? [] : [`${tokens.grid.join(" x ")} patches`]),
		...(before > 0 ? [`${before} more token${before === 1 ? "" : "s"}${classToken}`] : []),
		`pooling ${pooling ?? "none"}`,
	].join(", ");
}

function cellsOf(own: readonly Recognised[]): readonly string[] {
	const libraryOf = ({ network }: Export) => network.slice(network.lastIndexOf(".") + 1);
	const named = own
		.filter(({ model }) => model.way in columns)
		.map(({ model, anatomy }) => ({ way: model.way, words: `${libraryOf(model)}${judged(model, anatomy)}` }));
	const byWay = Object.keys(columns).map((way) =>
		named
			.filter((each) => each.way === way)
			.map(({ words }) => words)
			.join(", "),
	);
	const rest = own.filter(({ model }) => !(model.way in columns));
	const libraries = [...new Set(rest.map(({ model }) => libraryOf(model)))];
	const further = libraries.map((library) => {
		const ways = rest
			.filter(({ model }) => libraryOf(model) === library)
			.map(({ model, anatomy }) => `${others[model.way] ?? model.way}${judged(model, anatomy)}`);
		return library === "handmade" ? ways.join(", ") : `${library}: ${ways.join(", ")}`;
	});
	return [...byWay, further.join("; ")];
}

/** Nothing where all is as the modules count it, or the row says what is not; else what is not. */
function judged({ truth, shortfall }: Export, anatomy: Anatomy | null): string {
	if (anatomy === null || shortfall !== undefined) return "";
	const found = countsOf(anatomy);
	const wrong = Object.entries(found).filter(([name, value]) => {
		const counted = (truth as unknown as Readonly<Record<string, unknown>>)[name]; // the keys of Truth
		return JSON.stringify(value) !== JSON.stringify(counted);
	});
	return wrong.length === 0 ? "" : ` (wrong: ${wrong.map(([name]) => name).join(", ")})`;
}

function refusedWords(refused: Refused): string {
	const names = Object.values(refused)
		.flatMap((each) => Object.keys(each))
		.map((name) => {
			const [network = "", library = "", way = ""] = name.split(".");
			const how = (columns as Readonly<Record<string, string>>)[way] ?? others[way] ?? way; // any way
			return `${titles[network] ?? network} of ${library} as ${how}`;
		});
	return `The exporters themselves refuse ${names.slice(0, -1).join(", ")} and ${names.at(-1)}.`;
}
