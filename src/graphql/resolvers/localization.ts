import type { Localization as Measured } from "../../metrics/localization.ts";
import type { PositionGrid } from "../../metrics/positions.ts";
import type { LocalizationResolvers } from "../schema.generated.ts";

/** What was measured of a layer, field by field. */
export const Localization: LocalizationResolvers = {
	tokens: ({ found }) => found && sides(found.tokens),
	patches: ({ found }) => found && sides(found.patches),
	values: ({ found }) => found?.values ?? null,
	standardErrors: ({ found }) => found?.standardErrors ?? null,
	map: ({ found }, { row, column }) => found && mapOf(found, row, column),
	ownShare: ({ found }) => found?.statistics?.ownShare ?? null,
	medianDistance: ({ found }) => found?.statistics?.medianDistance ?? null,
	medianDistancePx: ({ found }) => found?.statistics?.medianDistancePx ?? null,
	ownMinusMean: ({ found }) => found?.statistics?.ownMinusMean ?? null,
	edgeOwnShare: ({ found }) => found?.statistics?.edgeOwnShare ?? null,
	edgeWithBorder: ({ found }) => found?.statistics?.edgeWithBorder ?? null,
	edgeWithInterior: ({ found }) => found?.statistics?.edgeWithInterior ?? null,
	reasons: ({ found }) => found?.reasons ?? [],
	batches: ({ found }) => found?.batches ?? 0,
};

function sides({ rows, columns }: PositionGrid): readonly number[] {
	return [rows, columns];
}

function mapOf(
	{ tokens, patches, values }: Measured,
	row: number,
	column: number,
): readonly (readonly (number | null)[])[] | null {
	const inside = row >= 0 && row < tokens.rows && column >= 0 && column < tokens.columns;
	const token = inside ? values[row * tokens.columns + column] : undefined;
	if (token === undefined) return null;
	return Array.from({ length: patches.rows }, (_, at) => token.slice(at * patches.columns, (at + 1) * patches.columns));
}
