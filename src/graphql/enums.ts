/** What the schema's enum values are called inside Sightline. */
export const enums = {
	BranchKind: { ATTENTION: "attention", TOKEN_MIXING: "tokenMixing", MLP: "mlp", UNIT: "unit" },
	CkaEstimator: { UNBIASED: "unbiased", BIASED: "biased", DEBIASED_FULL_BATCH: "debiasedFullBatch" },
	DistanceVariant: {
		PAPER: "paper",
		RENORMALISED: "renormalised",
		WITH_CLASS_TOKEN: "withClassToken",
		UNIT_GRID: "unitGrid",
	},
	Family: { VIT: "vit", MIXER: "mixer", CNN: "cnn", OTHER: "other" },
	LayerPreset: { ALL: "all", BLOCKS: "blocks" },
	MapQuery: { CLS: "cls", MEAN: "mean", PATCH: "patch" },
	MatrixSide: { ROWS: "rows", COLUMNS: "columns" },
	PassState: { WAITING: "waiting", RUNNING: "running", DONE: "done", FAILED: "failed", CANCELLED: "cancelled" },
	NormAggregation: { MEAN_OF_RATIOS: "meanOfRatios", RATIO_OF_MEANS: "ratioOfMeans" },
	Pooling: { CLS: "cls", GAP: "gap", CLS_AND_GAP: "cls+gap" },
	ProbeReadout: {
		CLS: "cls",
		TOKENS: "tokens",
		FIRST_TOKEN: "firstToken",
		MEAN: "mean",
		MEAN_WITH_CLS: "meanWithCls",
		ALL: "all",
	},
	ReceptiveFieldVariant: { JACOBIAN: "jacobian", CHANNEL_SUM: "channelSum", REP_LK_NET: "repLKNet" },
	ResidualSide: { BEFORE: "before", AFTER: "after" },
	TokenChoice: { ALL: "all", CLS: "cls", SPATIAL: "spatial", MEAN: "mean" },
} as const;
