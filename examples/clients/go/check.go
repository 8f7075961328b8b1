// Checks a document with Go: check ADDRESS FILE
// It needs the package that protoc-gen-go and protoc-gen-go-grpc make of proto/gouji/v1.
package main

import (
	"context"
	"fmt"
	"io/ioutil"
	"log"
	"os"
	"time"

	goujiv1 "gouji/v1"

	"google.golang.org/genproto/googleapis/rpc/errdetails"
	"google.golang.org/grpc"
	"google.golang.org/grpc/status"
)

func main() {
	content, err := ioutil.ReadFile(os.Args[2])
	if err != nil {
		log.Fatal(err)
	}
	connection, err := grpc.Dial(os.Args[1], grpc.WithInsecure())
	if err != nil {
		log.Fatal(err)
	}
	defer connection.Close()
	client := goujiv1.NewComplianceServiceClient(connection)
	call, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()

	document := &goujiv1.Filing_Document{Document: &goujiv1.Document{Content: content}}
	answer, err := client.CheckReport(call, &goujiv1.CheckReportRequest{Subject: &goujiv1.Filing{Content: document}})
	if err != nil {
		log.Fatal(err)
	}
	assessment := answer.Assessment
	for _, cause := range assessment.Causes {
		fmt.Println(cause.Severity, cause.Spot.Label+":", cause.Message)
	}
	fmt.Printf("go: %v, %d causes\n", assessment.Verdict, assessment.Counts.Causes)

	_, err = client.CheckReport(call, &goujiv1.CheckReportRequest{})
	for _, detail := range status.Convert(err).Details() {
		// Details are Google's own messages.
		if request, is := detail.(*errdetails.BadRequest); is {
			fmt.Println("go: refused for", request.FieldViolations[0].Field)
		}
	}
}
