/** A server for the bench: prints its address and runs until it is interrupted. `tsx server.ts <store>` */
import { onInterrupt } from "../../src/cli/interrupt.ts";
import { openServices } from "../../src/cli/services.ts";
import { startServer } from "../../src/graphql/server.ts";

const store = process.argv[2] ?? "";
const services = await openServices({ store, device: "cpu" });
const server = await startServer(services, { port: 0 });
onInterrupt().addEventListener("abort", async () => {
	await server.close();
	await services.close();
});
process.stdout.write(`${server.url}\n`);
