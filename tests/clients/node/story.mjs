// Tags and a job by the AWS SDK for JavaScript v3. Arguments: a bucket, and the bucket of reports.
import assert from "node:assert/strict";
import {
  GetObjectCommand,
  GetObjectTaggingCommand,
  NoSuchKey,
  PutBucketTaggingCommand,
  PutObjectCommand,
  PutObjectTaggingCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import {
  CreateJobCommand,
  DescribeJobCommand,
  PutJobTaggingCommand,
  S3ControlClient,
} from "@aws-sdk/client-s3-control";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";

const [Bucket, reports] = process.argv.slice(2);
const s3 = new S3Client({});
const control = new S3ControlClient({});
const { Account: AccountId } = await new STSClient({}).send(new GetCallerIdentityCommand({}));

await s3.send(new PutBucketTaggingCommand({ Bucket, Tagging: { TagSet: [{ Key: "team", Value: "blue" }] } }));
await s3.send(new PutObjectCommand({ Bucket, Key: "new+ä.txt", Body: "hello", Tagging: "by=node" }));
await s3.send(
  new PutObjectTaggingCommand({ Bucket, Key: "a.jpg", Tagging: { TagSet: [{ Key: "first", Value: "1" }] } })
);
const found = await s3.send(new GetObjectTaggingCommand({ Bucket, Key: "new+ä.txt" }));
assert.deepEqual(found.TagSet, [{ Key: "by", Value: "node" }]);

const manifest = await s3.send(
  new PutObjectCommand({ Bucket: reports, Key: "manifest.csv", Body: `${Bucket},a.jpg\n${Bucket},nothing\n` })
);
const job = {
  AccountId,
  ConfirmationRequired: false,
  Operation: { S3PutObjectTagging: { TagSet: [{ Key: "by", Value: "job" }] } },
  Manifest: {
    Spec: { Format: "S3BatchOperations_CSV_20180820", Fields: ["Bucket", "Key"] },
    Location: { ObjectArn: `arn:aws:s3:::${reports}/manifest.csv`, ETag: manifest.ETag },
  },
  Report: {
    Bucket: `arn:aws:s3:::${reports}`,
    Format: "Report_CSV_20180820",
    Enabled: true,
    Prefix: "final",
    ReportScope: "AllTasks",
  },
  Priority: 10,
  RoleArn: `arn:aws:iam::${AccountId}:role/batch`,
};
const { JobId } = await control.send(new CreateJobCommand(job));
await control.send(new PutJobTaggingCommand({ AccountId, JobId, Tags: [{ Key: "client", Value: "node" }] }));
const { Job } = await control.send(new DescribeJobCommand({ AccountId, JobId }));
assert.equal(Job.Status, "Complete");
assert.deepEqual(
  { ...Job.ProgressSummary, Timers: undefined },
  { TotalNumberOfTasks: 2, NumberOfTasksSucceeded: 1, NumberOfTasksFailed: 1, Timers: undefined }
);

await assert.rejects(
  () => s3.send(new GetObjectCommand({ Bucket, Key: "nothing" })),
  (error) => error instanceof NoSuchKey && error.$metadata.attempts === 1
);
await assert.rejects(() => fetch("https://s3.us-east-1.amazonaws.com/"), /fetch failed/);
console.log("told");
