// Reads an AsyncAPI document with AsyncAPI's own parser and its protobuf schema parser: the plain one takes any payload.
// Usage: node parse.mjs FILE; HOLDFAST_NODE_MODULES names the folder that has both.
// A line for each thing amiss, exit 1 when one is an error; else what it read, as JSON.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const load = createRequire(join(process.env.HOLDFAST_NODE_MODULES, 'package.json'));
const { Parser, DiagnosticSeverity } = load('@asyncapi/parser');
const { ProtoBuffSchemaParser } = load('@asyncapi/protobuf-schema-parser');

const parser = new Parser();
parser.registerSchemaParser(ProtoBuffSchemaParser());
const { document, diagnostics } = await parser.parse(readFileSync(process.argv[2], 'utf8'));
for (const one of diagnostics) {
  if (one.severity <= 1) console.error(`${one.severity === 0 ? 'error' : 'warning'} at ${one.path.join('.')}: ${one.message}`);
}
if (document === undefined || diagnostics.some((one) => one.severity === 0)) process.exit(1);
const channels = document.channels().all().map((channel) => ({
  address: channel.address(),
  messages: channel.messages().all().map((message) => ({
    name: message.name(),
    headers: Object.keys(message.headers().json().properties),
    fields: Object.keys(message.payload().json().schema.properties),
  })),
}));
console.log(JSON.stringify({ channels }));
