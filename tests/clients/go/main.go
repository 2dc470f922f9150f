// Tags and a job by the AWS SDK for Go v2. Arguments: a bucket, and the bucket of reports.
package main

import (
	"context"
	"errors"
	"fmt"
	"log"
	"os"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"
	"github.com/aws/aws-sdk-go-v2/service/s3control"
	control "github.com/aws/aws-sdk-go-v2/service/s3control/types"
)

const account = "123456789012"

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}

func main() {
	ctx, bucket, reports := context.Background(), os.Args[1], os.Args[2]
	loaded, err := config.LoadDefaultConfig(ctx)
	check(err)
	client := s3.NewFromConfig(loaded, func(o *s3.Options) { o.UsePathStyle = true })
	jobs := s3control.NewFromConfig(loaded)

	_, err = client.PutObject(ctx, &s3.PutObjectInput{
		Bucket: &bucket, Key: aws.String("new+ä.txt"), Body: strings.NewReader("hello"), Tagging: aws.String("by=go"),
	})
	check(err)
	_, err = client.PutBucketTagging(ctx, &s3.PutBucketTaggingInput{
		Bucket:  &bucket,
		Tagging: &types.Tagging{TagSet: []types.Tag{{Key: aws.String("team"), Value: aws.String("blue")}}},
	})
	check(err)
	found, err := client.GetObjectTagging(ctx, &s3.GetObjectTaggingInput{Bucket: &bucket, Key: aws.String("new+ä.txt")})
	check(err)
	if len(found.TagSet) != 1 || *found.TagSet[0].Value != "go" {
		log.Fatalf("tags are %v", found.TagSet)
	}

	manifest, err := client.PutObject(ctx, &s3.PutObjectInput{
		Bucket: &reports, Key: aws.String("manifest.csv"),
		Body: strings.NewReader(fmt.Sprintf("%s,a.jpg\n%s,nothing\n", bucket, bucket)),
	})
	check(err)
	made, err := jobs.CreateJob(ctx, &s3control.CreateJobInput{
		AccountId:            aws.String(account),
		ConfirmationRequired: aws.Bool(false),
		ClientRequestToken:   aws.String("from-go"),
		Operation: &control.JobOperation{S3PutObjectTagging: &control.S3SetObjectTaggingOperation{
			TagSet: []control.S3Tag{{Key: aws.String("by"), Value: aws.String("job")}},
		}},
		Manifest: &control.JobManifest{
			Spec: &control.JobManifestSpec{
				Format: control.JobManifestFormatS3BatchOperationsCsv20180820,
				Fields: []control.JobManifestFieldName{"Bucket", "Key"},
			},
			Location: &control.JobManifestLocation{
				ObjectArn: aws.String("arn:aws:s3:::" + reports + "/manifest.csv"), ETag: manifest.ETag,
			},
		},
		Report: &control.JobReport{
			Bucket: aws.String("arn:aws:s3:::" + reports), Format: control.JobReportFormatReportCsv20180820,
			Enabled: true, Prefix: aws.String("final"), ReportScope: control.JobReportScopeAllTasks,
		},
		Priority: aws.Int32(10),
		RoleArn:  aws.String("arn:aws:iam::" + account + ":role/batch"),
	})
	check(err)
	_, err = jobs.PutJobTagging(ctx, &s3control.PutJobTaggingInput{
		AccountId: aws.String(account), JobId: made.JobId,
		Tags: []control.S3Tag{{Key: aws.String("client"), Value: aws.String("go")}},
	})
	check(err)
	described, err := jobs.DescribeJob(ctx, &s3control.DescribeJobInput{AccountId: aws.String(account), JobId: made.JobId})
	check(err)
	if described.Job.Status != control.JobStatusComplete || *described.Job.ProgressSummary.NumberOfTasksFailed != 1 {
		log.Fatalf("the job is %v", described.Job.Status)
	}

	_, err = client.GetObject(ctx, &s3.GetObjectInput{Bucket: &bucket, Key: aws.String("nothing")})
	var missing *types.NoSuchKey
	if !errors.As(err, &missing) {
		log.Fatalf("the error is %v", err)
	}
	fmt.Println("told")
}
