import java.util.List;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.Tag;
import software.amazon.awssdk.services.s3.model.Tagging;
import software.amazon.awssdk.services.s3control.S3ControlClient;
import software.amazon.awssdk.services.s3control.model.JobDescriptor;
import software.amazon.awssdk.services.s3control.model.S3Tag;

/** Tags and a job by the AWS SDK for Java v2. Arguments: a bucket, and the bucket of reports. */
public class Story {
    static final String ACCOUNT = "123456789012";

    public static void main(String[] args) {
        String bucket = args[0];
        String reports = args[1];
        S3Client s3 = S3Client.builder().region(Region.US_WEST_2).forcePathStyle(true).build();
        S3ControlClient control = S3ControlClient.builder().region(Region.US_WEST_2).build();

        s3.putObject(r -> r.bucket(bucket).key("new+ä.txt").tagging("by=java"), RequestBody.fromString("hello"));
        s3.putBucketTagging(r -> r.bucket(bucket).tagging(one("team", "blue")));
        s3.putObjectTagging(r -> r.bucket(bucket).key("a.jpg").tagging(one("first", "1")));
        List<Tag> found = s3.getObjectTagging(r -> r.bucket(bucket).key("new+ä.txt")).tagSet();
        check(found.equals(one("by", "java").tagSet()), "tags are " + found);

        String etag = s3.putObject(
                r -> r.bucket(reports).key("manifest.csv"),
                RequestBody.fromString(bucket + ",a.jpg\n" + bucket + ",nothing\n")).eTag();
        String job = CreateJob.run(ACCOUNT, "arn:aws:iam::" + ACCOUNT + ":role/batch", "arn:aws:s3:::" + reports,
                "arn:aws:s3:::" + reports + "/manifest.csv", etag);
        S3Tag tag = S3Tag.builder().key("client").value("java").build();
        control.putJobTagging(r -> r.accountId(ACCOUNT).jobId(job).tags(tag));
        JobDescriptor described = control.describeJob(r -> r.accountId(ACCOUNT).jobId(job)).job();
        check(described.statusAsString().equals("Complete"), "the job is " + described.statusAsString());
        check(described.progressSummary().numberOfTasksFailed() == 1, described.progressSummary().toString());

        try {
            s3.getObject(r -> r.bucket(bucket).key("nothing"));
            throw new AssertionError("there was an object");
        } catch (NoSuchKeyException missing) {
            System.out.println("told");
        }
    }

    static Tagging one(String key, String value) {
        return Tagging.builder().tagSet(Tag.builder().key(key).value(value).build()).build();
    }

    static void check(boolean isRight, String otherwise) {
        if (!isRight) {
            throw new AssertionError(otherwise);
        }
    }
}
