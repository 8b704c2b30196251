/** The examples, in the order of the tabs. Each is run by a test. */

import adding from "./examples/adding.graphql";
import attentionDistance from "./examples/attentionDistance.graphql";
import model from "./examples/model.graphql";
import passes from "./examples/passes.graphql";
import similarity from "./examples/similarity.graphql";
import twoModels from "./examples/twoModels.graphql";
import welcome from "./examples/welcome.graphql";

export const examples: readonly string[] = [welcome, model, attentionDistance, similarity, twoModels, adding, passes];
