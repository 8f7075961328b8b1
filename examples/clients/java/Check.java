// Checks a document with Java: java -cp … Check ADDRESS FILE
// It needs the classes that protoc and its gRPC plugin make of proto/gouji/v1, and Google's proto-google-common-protos.
import com.google.protobuf.ByteString;
import com.google.rpc.BadRequest;
import gouji.v1.Assessment;
import gouji.v1.Cause;
import gouji.v1.CheckReportRequest;
import gouji.v1.ComplianceServiceGrpc;
import gouji.v1.Document;
import gouji.v1.Filing;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

class Check {
    public static void main(String[] arguments) throws Exception {
        ManagedChannel channel = ManagedChannelBuilder.forTarget(arguments[0]).usePlaintext().build();
        var client = ComplianceServiceGrpc.newBlockingStub(channel).withDeadlineAfter(30, TimeUnit.SECONDS);
        ByteString content = ByteString.copyFrom(Files.readAllBytes(Path.of(arguments[1])));
        Filing subject = Filing.newBuilder().setDocument(Document.newBuilder().setContent(content)).build();
        CheckReportRequest request = CheckReportRequest.newBuilder().setSubject(subject).build();
        Assessment assessment = client.checkReport(request).getAssessment();
        for (Cause cause : assessment.getCausesList()) {
            System.out.println(cause.getSeverity() + " " + cause.getSpot().getLabel() + ": " + cause.getMessage());
        }
        System.out.println("java: " + assessment.getVerdict() + ", " + assessment.getCounts().getCauses() + " causes");
        try {
            client.checkReport(CheckReportRequest.getDefaultInstance());
        } catch (StatusRuntimeException refused) {
            // Details are Google's own messages.
            for (var detail : StatusProto.fromThrowable(refused).getDetailsList()) {
                if (detail.is(BadRequest.class)) {
                    System.out.println("java: refused for " + detail.unpack(BadRequest.class).getFieldViolations(0).getField());
                }
            }
        }
        channel.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
    }
}
