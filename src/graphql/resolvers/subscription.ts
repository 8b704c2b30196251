import type { PassState } from "../../engine/engine.ts";
import { passUpdates } from "../passUpdates.ts";
import type { SubscriptionResolvers } from "../schema.generated.ts";

/** What is told as it happens. */
export const Subscription: SubscriptionResolvers = {
	passes: {
		subscribe: (_root, _given, { services }) => passUpdates(services.engine),
		resolve: (pass: PassState) => pass,
	},
};
