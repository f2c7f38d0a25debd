/**
 * Reports cases over HTTP as fast as the server takes them; a process of its own, so that the load
 * does not share the server's thread. Arguments: URL CONNECTIONS SECONDS HEADERS-JSON BODY-JSON.
 * Prints `{ accepted, seconds, p99Ms }`.
 */
import autocannon from "autocannon";
import { v7 as uuidv7 } from "uuid";

const [url = "", connections, seconds, headers = "{}", template = "{}"] = process.argv.slice(2);
const { caseId } = JSON.parse(template) as { caseId: string };

let refused = "";
const result = await autocannon({
  url,
  connections: Number(connections),
  duration: Number(seconds),
  requests: [
    {
      method: "POST",
      path: "/api/v1/cases",
      headers: { "content-type": "application/json", ...JSON.parse(headers) },
      setupRequest: (request) => ({
        ...request,
        body: `{"reports":[${template.replace(caseId, uuidv7())}]}`,
      }),
      onResponse: (status, body) => {
        if (status !== 200 || !body.includes('"outcome":"accepted"')) refused = body;
      },
    },
  ],
});
if (refused !== "" || result.errors > 0) {
  throw new Error(`not every report was taken (${result.errors} errors): ${refused.slice(0, 400)}`);
}
console.log(
  JSON.stringify({
    accepted: result["2xx"],
    seconds: result.duration,
    p99Ms: result.latency.p99,
  }),
);
