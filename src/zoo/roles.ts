/**
 * Roles of the paper's models in reports: what stands for each in the queries. A model that comes along plays each, until
 * a user's entry takes it.
 */
export const roles = [
	"vit",
	"vitLarge",
	"vitGap",
	"resnet",
	"resnetLarge",
	"vit3",
	"vit10",
	"vit30",
	"vitLarge3",
	"vitLarge10",
	"vitLarge30",
	"vitNoSkipEarly",
	"vitNoSkipMiddle",
	"vitNoSkipLate",
	"vitAgain",
	"vitFinetuned",
	"mixer",
] as const;

export type Role = (typeof roles)[number];
