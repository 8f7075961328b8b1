// Checks a document with Node: node check.mjs ADDRESS PROTO_FOLDER FILE
// It needs `npm install @grpc/grpc-js @grpc/proto-loader`.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const require = createRequire(`${process.cwd()}/`);
const grpc = require("@grpc/grpc-js");
const loader = require("@grpc/proto-loader");

const [address, protos, file] = process.argv.slice(2);
const options = { keepCase: true, longs: String, enums: String, defaults: true, includeDirs: [protos] };
const { gouji } = grpc.loadPackageDefinition(loader.loadSync("gouji/v1/compliance_service.proto", options));
const client = new gouji.v1.ComplianceService(address, grpc.credentials.createInsecure());

const request = { subject: { document: { content: readFileSync(file), name: file } } };
client.CheckReport(request, { deadline: Date.now() + 30_000 }, (error, response) => {
  if (error) {
    console.error(`${error.code} ${error.details}`);
    process.exit(1);
  }
  const { verdict, causes, counts } = response.assessment;
  for (const cause of causes) console.log(`${cause.severity} ${cause.spot.label}: ${cause.message}`);
  console.log(`node: ${verdict}, ${counts.causes} causes, ${counts.errors} errors`);
});
