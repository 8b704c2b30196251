import { expect, test } from "vitest";
import { raghu2021 } from "../../reports/raghu-2021/report.ts";
import { castOf, recastNote } from "../../src/report/roles.ts";
import { runReport } from "../../src/report/runReport.ts";
import { roles } from "../../src/zoo/roles.ts";
import { syntheticExecute } from "../support/syntheticApi.ts";
import { threeFigures } from "../support/syntheticSite.ts";

const usual = ["vit-s", "vit-s-gap", "resnet-s"].map((id) => ({ id, roles: [] }));

test("the roles that an entry may take are those of the paper", () => {
	expect([...roles].sort()).toEqual(Object.keys(raghu2021.roles).sort());
});

test("a model whose entry takes a role plays it in place of the usual one; the others stay", () => {
	const cast = castOf(threeFigures, [...usual, { id: "mine", roles: ["vit", "vitLarge"] }]);
	expect(cast).toMatchObject({ vit: "mine", vitGap: "vit-s-gap", resnet: "resnet-s" });
	expect(recastNote(threeFigures, { vit: "mine", resnet: "resnet-s" })).toBe(" What is said of vit-s is here of mine.");
	expect(recastNote(threeFigures, castOf(threeFigures, usual))).toBe("");
});

test("two models in one role are refused by their names", () => {
	const players = [...usual, { id: "mine", roles: ["resnet"] }, { id: "yours", roles: ["resnet"] }];
	expect(() => castOf(threeFigures, players)).toThrow(
		expect.objectContaining({ code: "BAD_INPUT", message: 'mine and yours both take the role "resnet" in reports' }),
	);
});

test("a report asks for the model that takes a role, and says so", async () => {
	const synthetic = syntheticExecute();
	const asked: unknown[] = [];
	const report = await runReport(threeFigures, async (query, variables) => {
		asked.push(variables.vit);
		const answer = await synthetic(query, variables);
		if (!query.startsWith("query Choices")) return answer;
		return { data: { ...answer.data, models: [...usual, { id: "vit-s-gap", roles: ["vit"] }] } };
	});
	expect(asked.at(-1)).toBe("vit-s-gap");
	expect(report.summary).toMatch(/What is said of vit-s is here of vit-s-gap\.$/);
});
