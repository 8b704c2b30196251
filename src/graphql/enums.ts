/** What the schema's enum values are called inside Sightline. */
export const enums = {
	Family: { VIT: "vit", CNN: "cnn", OTHER: "other" },
	LayerPreset: { ALL: "all", BLOCKS: "blocks" },
	MatrixSide: { ROWS: "rows", COLUMNS: "columns" },
	PassState: { WAITING: "waiting", RUNNING: "running", DONE: "done", FAILED: "failed", CANCELLED: "cancelled" },
	Pooling: { CLS: "cls", GAP: "gap" },
} as const;
