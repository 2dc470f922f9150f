import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3control.S3ControlClient;
import software.amazon.awssdk.services.s3control.model.*;

/** The user guide's example of CreateJob, in today's SDK: its builder calls, one for one. */
public class CreateJob {
    static String run(String accountId, String iamRoleArn, String reportBucketName, String manifestArn, String etag) {
        String uuid = UUID.randomUUID().toString();
        List<S3Tag> tagSet = new ArrayList<>();
        tagSet.add(S3Tag.builder().key("keyOne").value("ValueOne").build());
        try {
            JobOperation jobOperation = JobOperation.builder()
                    .s3PutObjectTagging(S3SetObjectTaggingOperation.builder().tagSet(tagSet).build())
                    .build();
            JobManifest manifest = JobManifest.builder()
                    .spec(JobManifestSpec.builder()
                            .format("S3BatchOperations_CSV_20180820")
                            .fieldsWithStrings("Bucket", "Key")
                            .build())
                    .location(JobManifestLocation.builder().objectArn(manifestArn).eTag(etag).build())
                    .build();
            JobReport jobReport = JobReport.builder()
                    .bucket(reportBucketName)
                    .prefix("reports")
                    .format("Report_CSV_20180820")
                    .enabled(true)
                    .reportScope("AllTasks")
                    .build();
            S3ControlClient s3ControlClient = S3ControlClient.builder().region(Region.US_WEST_2).build();
            return s3ControlClient.createJob(CreateJobRequest.builder()
                    .accountId(accountId)
                    .operation(jobOperation)
                    .manifest(manifest)
                    .report(jobReport)
                    .priority(42)
                    .roleArn(iamRoleArn)
                    .clientRequestToken(uuid)
                    .description("job description")
                    .confirmationRequired(false)
                    .build()).jobId();
        } catch (AwsServiceException e) {
            // The call was transmitted successfully, but Amazon S3 couldn't process it and returned an error response.
            e.printStackTrace();
        } catch (SdkClientException e) {
            // Amazon S3 couldn't be contacted for a response, or the client couldn't parse the response from Amazon S3.
            e.printStackTrace();
        }
        return null;
    }
}
