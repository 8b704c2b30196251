import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { generate } from "../../src/graphql/codegen.ts";

test("schema.generated.ts is what schema/ gives (else: npm run codegen)", async () => {
	const file = new URL("../../src/graphql/schema.generated.ts", import.meta.url);
	expect(readFileSync(file, "utf8")).toBe(await generate());
});
