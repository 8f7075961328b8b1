"""Paints the form by one answer: python3 paint.py ADDRESS FILE

Sends a document to a running gouji and prints every cell, and every part of the text, that a portal would mark: those of the
causes first, then of the figures and statements that findings speak of. It knows the contract alone, and of it view BASIC:
it needs `pip install grpcio grpcio-reflection`, and the server's reflection.
"""

import hashlib
import sys

import grpc
from google.protobuf import descriptor_pool, message_factory
from grpc_reflection.v1alpha.proto_reflection_descriptor_database import ProtoReflectionDescriptorDatabase


def connect(address):
    """The method CheckReport of a server, and its request's class."""
    channel = grpc.insecure_channel(address)
    pool = descriptor_pool.DescriptorPool(ProtoReflectionDescriptorDatabase(channel))
    method = pool.FindServiceByName("gouji.v1.ComplianceService").FindMethodByName("CheckReport")
    request, response = (message_factory.GetMessageClass(it) for it in (method.input_type, method.output_type))
    check = channel.unary_unary(
        "/gouji.v1.ComplianceService/CheckReport",
        request_serializer=request.SerializeToString,
        response_deserializer=response.FromString,
    )
    return check, request


def where(spot):
    """A spot as a portal finds it: the cell of the page, or the characters of a text."""
    place, span = spot.place, spot.span
    if spot.HasField("span"):
        return f"{spot.path}[{span.start}:{span.end}]"
    if place.table:
        return f"table {place.table} row {place.row} cell {place.cell}"
    return f"line {place.line}" if place.line else spot.path or "report"


def marks(assessment):
    """What to paint: a colour, a spot and a word about it."""
    for cause in assessment.causes:
        yield "red", cause.spot, cause.message
        for correction in cause.alternatives:
            for edit in correction.edits:
                yield "orange", edit.spot, f"{edit.current.decimal or '—'} → {edit.proposed.decimal}"
    for finding in assessment.findings:
        for occurrence in finding.occurrences:
            yield "yellow", occurrence.spot, finding.rule_code
            for term in occurrence.relation.terms:
                yield "grey", term.spot, term.value.decimal
    for statement in assessment.statements:
        yield "blue", statement.spot, f"{statement.sense} {statement.number.decimal}"


def main():
    address, file = sys.argv[1:]
    check, request = connect(address)
    with open(file, "rb") as document:
        content = document.read()
    asked = request()
    asked.subject.document.content = content
    asked.subject.document.name = file
    assessment = check(asked, timeout=30).assessment
    cited = assessment.citation
    if cited.input_digest != hashlib.sha256(content).hexdigest():
        sys.exit("the answer is about other bytes")
    print(f"{cited.body.name} {cited.year} {cited.profile} {cited.rule_set_digest[:12]}")
    painted = list(marks(assessment))
    for colour, spot, word in painted:
        print(f"{colour:6} {where(spot):40} {word}")
    if any(not spot.path and not spot.HasField("place") and not spot.label for _, spot, _ in painted):
        sys.exit("a spot has no place")
    print(f"{len(painted)} marks for {assessment.counts.causes} causes")


if __name__ == "__main__":
    main()
