"""Checks a report with Python's grpcio, through reflection alone: python3 check.py ADDRESS FILE [CODE …]

With codes, the findings must be exactly those, in their order. With GOUJI_TLS, a folder with ca.pem, client.pem and
client.key, the connection is encrypted and shows that certificate; with GOUJI_TOKEN, calls show that token."""

import hashlib
import os
import sys

import grpc
from google.protobuf import descriptor_pool, json_format, message_factory
from grpc_reflection.v1alpha.proto_reflection_descriptor_database import ProtoReflectionDescriptorDatabase

address, file, *expected = sys.argv[1:]
folder, token = os.environ.get("GOUJI_TLS"), os.environ.get("GOUJI_TOKEN")


def content(name):
    """The bytes of a file of the folder."""
    with open(os.path.join(folder, name), "rb") as pem:
        return pem.read()


if folder:
    keys = grpc.ssl_channel_credentials(content("ca.pem"), content("client.key"), content("client.pem"))
    if token:
        keys = grpc.composite_channel_credentials(keys, grpc.access_token_call_credentials(token))
    channel = grpc.secure_channel(address, keys)
else:
    channel = grpc.insecure_channel(address)
pool = descriptor_pool.DescriptorPool(ProtoReflectionDescriptorDatabase(channel))
method = pool.FindServiceByName("gouji.v1.ComplianceService").FindMethodByName("CheckReport")
Request, Response = (message_factory.GetMessageClass(it) for it in (method.input_type, method.output_type))
check = channel.unary_unary(
    "/gouji.v1.ComplianceService/CheckReport",
    request_serializer=Request.SerializeToString,
    response_deserializer=Response.FromString,
)

request = Request()
with open(file, "rb") as document:
    sent = document.read()
if file.endswith(".json"):
    json_format.Parse(sent, request.subject.report)
    sent = request.subject.report.SerializeToString()
else:
    request.subject.document.name = file
    request.subject.document.content = sent
assessment = check(request, timeout=30).assessment
if assessment.citation.input_digest != hashlib.sha256(sent).hexdigest():
    sys.exit("the answer is about other bytes than were sent")
for finding in assessment.findings:
    print(f"grpcio: {finding.rule_code} {finding.message}")
codes = [finding.rule_code for finding in assessment.findings]
if expected and codes != expected:
    sys.exit(f"expected {expected}, found {codes}")
