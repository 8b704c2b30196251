/**
 * Writes schema.generated.ts from schema/*.graphql: the types of resolvers, and the language itself as a string, so that
 * no file is looked up at run time. `npm run codegen` after every change of the schema; with --check it only compares.
 */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { codegen } from "@graphql-codegen/core";
import * as typescript from "@graphql-codegen/typescript";
import * as resolvers from "@graphql-codegen/typescript-resolvers";
import { buildASTSchema, concatAST, parse, print } from "graphql";
import { enums } from "./enums.ts";

const folder = new URL("../../schema/", import.meta.url);
const target = new URL("./schema.generated.ts", import.meta.url);

/** What a resolver is given as its parent, by type: where a type is not named here, its own shape. */
const parents = {
	AddedModel: "./parents.ts#AddedModelParent",
	Block: "./parents.ts#BlockParent",
	BranchKind: "./parents.ts#BranchKindParent",
	Family: "./parents.ts#FamilyParent",
	Head: "./parents.ts#HeadParent",
	ImageSet: "./parents.ts#ImageSetParent",
	Layer: "./parents.ts#LayerParent",
	Localization: "./parents.ts#LocalizationParent",
	Model: "./parents.ts#ModelParent",
	MatrixSide: "./parents.ts#MatrixSideParent",
	ModelCard: "./parents.ts#ModelCardParent",
	Pass: "./parents.ts#PassParent",
	PassState: "./parents.ts#PassStateParent",
	Pooling: "./parents.ts#PoolingParent",
	ProbeReadout: "./parents.ts#ProbeReadoutParent",
	ReceptiveField: "./parents.ts#ReceptiveFieldParent",
	ReceptiveFieldSquare: "./parents.ts#ReceptiveFieldSquareParent",
	ReceptiveFieldVariant: "./parents.ts#ReceptiveFieldVariantParent",
	ResidualSide: "./parents.ts#ResidualSideParent",
	Similarity: "./parents.ts#SimilarityParent",
	SkipAblationSide: "./parents.ts#SkipAblationSideParent",
};

/** The text of schema.generated.ts. */
export async function generate(): Promise<string> {
	const files = readdirSync(folder).filter((name) => name.endsWith(".graphql"));
	const schema = concatAST(files.sort().map((name) => parse(readFileSync(new URL(name, folder), "utf8"))));
	buildASTSchema(schema); // a mistake in the language is told here, by line
	const types = await codegen({
		schema,
		documents: [],
		filename: "schema.generated.ts",
		pluginMap: { typescript, resolvers },
		config: {
			avoidOptionals: { field: true, defaultValue: true },
			contextType: "./context.ts#Context",
			enumsAsTypes: true,
			enumValues: enums,
			immutableTypes: true,
			mappers: parents,
			scalars: { ID: "string" },
			useTypeImports: true,
		},
		plugins: [{ typescript: {} }, { resolvers: {} }],
	});
	return [
		"// Generated from schema/*.graphql by `npm run codegen`. Change the schema, not this file.",
		types,
		`/** schema/*.graphql, joined. */\nexport const typeDefs = \`${print(schema).replaceAll(/[`\\$]/g, "\\$&")}\`;\n`,
	].join("\n");
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
	const text = await generate();
	if (!process.argv.includes("--check")) writeFileSync(target, text);
	else if (readFileSync(target, "utf8") !== text) {
		process.stderr.write("schema.generated.ts is not what schema/ gives; run `npm run codegen`\n");
		process.exitCode = 1;
	}
}
