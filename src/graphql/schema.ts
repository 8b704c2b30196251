/** The schema that is executed: the language of schema/ with its resolvers. */
import { makeExecutableSchema } from "@graphql-tools/schema";
import { resolvers } from "./resolvers/index.ts";
import { typeDefs } from "./schema.generated.ts";

export const schema = makeExecutableSchema({ typeDefs, resolvers });
