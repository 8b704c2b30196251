/**
 * Writes the README's figure, its verdicts and its table of models from the report at full size: `npx tsx test/docs/updateReadme.ts`, after
 * every change of the embedded models. Some ten minutes on two cores, seconds where the store has the values.
 */
import { copyFile, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { reports } from "../../reports/index.ts";
import { publish } from "../../src/cli/publish.ts";
import { openServices } from "../../src/cli/services.ts";
import type { JudgedClaim } from "../../src/report/claim.ts";
import { fullCount } from "../../src/report/counts.ts";
import type { Report } from "../../src/report/definition.ts";
import { modelTable, modelTablePlace } from "./modelTable.ts";

const root = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const outDir = await mkdtemp(join(tmpdir(), "sightline-readme-"));
const services = await openServices({ device: "cpu" });
try {
	const { signal } = new AbortController();
	const place = { outDir, playground: null, siteUrl: null };
	const measured = await publish(services, { reports, choices: { images: { count: fullCount } }, ...place, signal });
	await copyFile(
		join(outDir, "raghu-2021/01-within-model-similarity/figure.svg"),
		root("reports/raghu-2021/figure-1.svg"),
	);
	const judged = measured.flatMap((report) => report.figures.flatMap((figure) => figure.claims));
	const missing = reports.flatMap((report) => unmeasured(report, new Set(judged.map(({ id }) => id))));
	const claims = [...judged, ...missing].sort(
		(a, b) => Number.parseInt(a.id.slice(1), 10) - Number.parseInt(b.id.slice(1), 10),
	);
	const readme = await readFile(root("README.md"), "utf8");
	const told = readme
		.replace(/(<!-- claims -->\n)[\s\S]*?(\n## )/, `$1\n${table(claims)}$2`)
		.replace(modelTablePlace, `$1\n${await modelTable()}$2`);
	await writeFile(root("README.md"), told);
} finally {
	await services.close();
	await rm(outDir, { recursive: true });
}

interface Row extends Pick<JudgedClaim, "id" | "sentence"> {
	readonly cases: readonly { readonly label: string; readonly verdict: string }[];
}

/** The claims of figures that were left out, or whose models are missing. */
function unmeasured({ figures }: Report, judged: ReadonlySet<string>): Row[] {
	const claims = figures.flatMap((figure) => figure.claims.filter(({ id }) => !judged.has(id)));
	return claims.map(({ id, sentence }) => ({
		...{ id, sentence },
		cases: [{ label: "models that are not there yet", verdict: "not measured" }],
	}));
}

function table(claims: readonly Row[]): string {
	const rows = claims.flatMap(({ id, sentence, cases }) =>
		cases.map(
			({ label, verdict }, index) =>
				`| ${index === 0 ? id : ""} | ${index === 0 ? sentence : ""} | ${label} | ${verdict} |`,
		),
	);
	return `| claim | what the paper claims | models | on ${fullCount} images |\n| --- | --- | --- | --- |\n${rows.join("\n")}\n`;
}
