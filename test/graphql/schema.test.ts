import {
	buildSchema,
	getNamedType,
	isEnumType,
	isInputObjectType,
	isListType,
	isNonNullType,
	isObjectType,
} from "graphql";
import { expect, test } from "vitest";
import { typeDefs } from "../../src/graphql/schema.generated.ts";

const schema = buildSchema(typeDefs);
const ownTypes = Object.values(schema.getTypeMap()).filter(({ name }) => !name.startsWith("__"));

test("every type, field, argument-bearing input and enum value is documented", () => {
	const undocumented = ownTypes.flatMap((type) => {
		const members = isObjectType(type) || isInputObjectType(type) ? Object.values(type.getFields()) : [];
		const values = isEnumType(type) ? type.getValues() : [];
		return [...members, ...values]
			.filter(({ description }) => !description?.trim())
			.map(({ name }) => `${type.name}.${name}`);
	});
	expect(undocumented).toEqual([]);
});

test("every list of objects says what the cost limit reckons with", () => {
	const unsized = ownTypes.filter(isObjectType).flatMap((type) =>
		Object.values(type.getFields())
			.filter(({ type }) => isListType(isNonNullType(type) ? type.ofType : type) && isObjectType(getNamedType(type)))
			.filter(({ astNode }) => !astNode?.directives?.some(({ name }) => name.value === "listSize"))
			.map(({ name }) => `${type.name}.${name}`),
	);
	expect(unsized).toEqual([]);
});
