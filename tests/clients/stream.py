"""Sends many small reports through one stream with Python's grpcio: python3 stream.py ADDRESS COUNT [PID]

Every one must be answered, each by its key; with the server's process identifier, its memory must stay
flat from a tenth of the way on."""

import sys

import grpc
from google.protobuf import descriptor_pool, json_format, message_factory
from grpc_reflection.v1alpha.proto_reflection_descriptor_database import ProtoReflectionDescriptorDatabase

GROWTH_MB = 40

address, count, *pid = sys.argv[1:]
count = int(count)
channel = grpc.insecure_channel(address)
pool = descriptor_pool.DescriptorPool(ProtoReflectionDescriptorDatabase(channel))
method = pool.FindServiceByName("gouji.v1.ComplianceService").FindMethodByName("CheckReports")
Request, Response = (message_factory.GetMessageClass(it) for it in (method.input_type, method.output_type))
check = channel.stream_stream(
    "/gouji.v1.ComplianceService/CheckReports",
    request_serializer=Request.SerializeToString,
    response_deserializer=Response.FromString,
)


def memory():
    """The server's memory, in MB."""
    if not pid:
        return 0
    with open(f"/proc/{pid[0]}/status", encoding="ascii") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmRSS")) // 1024


small = {"request": {"subject": {"report": {"title": "甲局2023年政府信息公开年报"}}}}
size = len(json_format.ParseDict({"key": "000000", **small}, Request()).SerializeToString())


def items():
    for number in range(count):
        yield json_format.ParseDict({"key": f"{number:06}", **small}, Request())


waiting = set(range(count))
early = 0
for answer in check(items(), timeout=1200):
    waiting.remove(int(answer.key))
    if count - len(waiting) == count // 10:
        early = memory()
late = memory()
print(f"grpcio: {count - len(waiting)} of {count} items of {size} bytes are answered; memory {early} MB, then {late} MB")
if waiting or late - early > GROWTH_MB:
    sys.exit(f"{len(waiting)} have no answer, memory grew by {late - early} MB")
