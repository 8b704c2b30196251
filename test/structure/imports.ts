/**
 * Which folder may know which: a folder imports itself and what stands before it in `order`, and the pure ones know no
 * file, clock, network or device. Pure functions over the text of the files, so that the rules can be tried on planted
 * edges.
 */
import { posix } from "node:path";

export interface SourceFile {
	/** From the root of the project, with "/": "src/onnx/model.ts". */
	readonly path: string;
	readonly text: string;
}

/** Folders in one row stand side by side and do not know each other. */
const order: readonly (readonly string[])[] = [
	["errors"],
	["tensor"],
	["numerics"],
	["onnx"],
	["autodiff"],
	["anatomy"],
	["checkpoint"],
	["architecture"],
	["metrics"],
	["zoo"],
	["plan"],
	["data", "store"],
	["engine"],
	["graphql"],
	["report"],
	["reports"],
	["site"],
	["cli"],
];

const lastPure = "plan";

/** Packages that one folder alone may import. */
const ownedPackages: Readonly<Record<string, string>> = {
	"onnxruntime-node": "engine",
	"@bufbuild/protobuf": "onnx",
	"@huggingface/hub": "data",
	commander: "cli",
	"@commander-js/extra-typings": "cli",
	"cli-progress": "cli",
};

/** What a pure file may import from outside the project; hashing and inflating are arithmetic. */
const purePackages = ["node:crypto", "node:zlib", "@bufbuild/protobuf"];

/** Words that read a clock, chance or the process. */
const impureWords =
	/\b(?:Date\.now|new Date|performance\.now|Math\.random|setTimeout|setInterval|process\.\w+)\b|\bfetch\(/;

/** Each import that the layering does not allow, as "a.ts -> b.ts: why". */
export function forbiddenEdges(files: readonly SourceFile[]): string[] {
	return files.flatMap((file) => {
		const folder = folderOf(file.path);
		const rank = rankOf(folder);
		if (rank < 0) return [`${file.path}: its folder "${folder}" has no place in the order`];
		return importsOf(file).flatMap((target) => {
			const reason = isOwn(target) ? layerReason(folder, rank, target) : packageReason(folder, target);
			return reason === undefined ? [] : [`${file.path} -> ${target}: ${reason}`];
		});
	});
}

/** Each use of a clock, of chance or of the process in a pure file. */
export function impureUses(files: readonly SourceFile[]): string[] {
	return files
		.filter((file) => isPure(folderOf(file.path)))
		.flatMap((file) =>
			withoutComments(file.text)
				.split("\n")
				.flatMap((line) => impureWords.exec(line)?.[0] ?? [])
				.map((word) => `${file.path}: ${word}`),
		);
}

/** Cycles of imports, each as "a.ts -> b.ts -> a.ts", once; types, which the compiler erases, may know each other. */
export function importCycles(files: readonly SourceFile[]): string[] {
	const edges = new Map(files.map((file) => [file.path, importsOf(withoutTypes(file)).filter(isOwn)]));
	const finished = new Set<string>();
	const cycles: string[] = [];
	const walk = (path: string, trail: readonly string[]): void => {
		const seenAt = trail.indexOf(path);
		if (seenAt >= 0) cycles.push([...trail.slice(seenAt), path].join(" -> "));
		if (seenAt >= 0 || finished.has(path)) return;
		for (const next of edges.get(path) ?? []) walk(next, [...trail, path]);
		finished.add(path);
	};
	for (const path of edges.keys()) walk(path, []);
	return cycles;
}

/** What a file imports, types included: paths from the project's root, and names of packages. */
function importsOf(file: SourceFile): string[] {
	const patterns = [
		/^\s*(?:import|export)\s[^;"']*?\bfrom\s+"([^"]+)"/gm,
		/^\s*import\s+"([^"]+)"/gm,
		/\bimport\(\s*"([^"]+)"\s*\)/g,
		/\bnew URL\(\s*"(\.[^"]+\.[jt]sx?)"\s*,\s*import\.meta\.url/g,
	];
	const text = withoutComments(file.text);
	const specifiers = patterns.flatMap((pattern) => [...text.matchAll(pattern)].map((match) => match[1] as string));
	return specifiers.map((specifier) =>
		specifier.startsWith(".") ? posix.join(posix.dirname(file.path), specifier) : packageOf(specifier),
	);
}

function layerReason(folder: string, rank: number, target: string): string | undefined {
	const to = folderOf(target);
	if (to === folder) return undefined;
	if (rankOf(to) < 0) return `"${to}" has no place in the order`;
	return rankOf(to) < rank ? undefined : `${folder} stands before or beside ${to}`;
}

function packageReason(folder: string, name: string): string | undefined {
	if (isPure(folder) && !purePackages.includes(name)) return `${folder} is pure`;
	const owner = ownedPackages[name];
	return owner === undefined || owner === folder ? undefined : `only ${owner} imports it`;
}

/** "src/onnx/ops/add.ts" is onnx, "src/errors.ts" errors, "reports/raghu-2021/report.ts" reports. */
function folderOf(path: string): string {
	const [top = "", second = ""] = path.split("/");
	return top === "src" ? second.replace(/\.ts$/, "") : top;
}

function rankOf(folder: string): number {
	return order.findIndex((row) => row.includes(folder));
}

function isPure(folder: string): boolean {
	return rankOf(folder) >= 0 && rankOf(folder) <= rankOf(lastPure);
}

function isOwn(target: string): boolean {
	return /^(?:src|site|reports)\//.test(target);
}

/** "@scope/name/deep" is "@scope/name", "node:fs/promises" stays as it is. */
function packageOf(specifier: string): string {
	if (specifier.startsWith("node:")) return specifier;
	return specifier.split("/", specifier.startsWith("@") ? 2 : 1).join("/");
}

function withoutTypes(file: SourceFile): SourceFile {
	return { path: file.path, text: file.text.replace(/^\s*(?:import|export) type\b[^;]*;/gm, "") };
}

/** Text with its comments blanked; a "//" inside a string, as in an address, is kept. */
function withoutComments(text: string): string {
	return text.replace(/\/\*[\s\S]*?\*\//g, "").replace(/(^|[\s;{}(),])\/\/.*$/gm, "$1");
}
