// Tags and a job by the AWS SDK for Rust. Arguments: a bucket, and the bucket of reports.
use aws_sdk_s3::primitives::ByteStream;
use aws_sdk_s3::types::{Tag, Tagging};
use aws_sdk_s3control::types::{
    JobManifest, JobManifestFieldName, JobManifestFormat, JobManifestLocation, JobManifestSpec,
    JobOperation, JobReport, JobReportFormat, JobReportScope, JobStatus, S3SetObjectTaggingOperation, S3Tag,
};

const ACCOUNT: &str = "123456789012";

fn tag(key: &str, value: &str) -> S3Tag {
    S3Tag::builder().key(key).value(value).build().unwrap()
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let given: Vec<String> = std::env::args().collect();
    let (bucket, reports) = (&given[1], &given[2]);
    let http = aws_smithy_http_client::Builder::new().build_http();
    let loaded = aws_config::from_env().http_client(http).load().await;
    let s3 = aws_sdk_s3::Client::from_conf(
        aws_sdk_s3::config::Builder::from(&loaded).force_path_style(true).build(),
    );
    // S3 Control puts the account before its host, where an IP address can't stand: it is taken out again.
    let server = std::env::var("AWS_ENDPOINT_URL").unwrap();
    let jobs = aws_sdk_s3control::Client::from_conf(
        aws_sdk_s3control::config::Builder::from(&loaded).endpoint_url(&server).build(),
    );
    let to_server = |request: &mut aws_sdk_s3control::config::http::HttpRequest| {
        let uri = request.uri().replace(&format!("{ACCOUNT}."), "");
        request.set_uri(uri).unwrap();
    };

    let text = ByteStream::from_static(b"hello");
    s3.put_object().bucket(bucket).key("new+ä.txt").body(text).tagging("by=rust").send().await.unwrap();
    let team = Tag::builder().key("team").value("blue").build().unwrap();
    let tagging = Tagging::builder().tag_set(team).build().unwrap();
    s3.put_bucket_tagging().bucket(bucket).tagging(tagging).send().await.unwrap();
    let found = s3.get_object_tagging().bucket(bucket).key("new+ä.txt").send().await.unwrap();
    assert_eq!(found.tag_set()[0].value(), "rust");

    let rows = format!("{bucket},a.jpg\n{bucket},nothing\n");
    let manifest = s3.put_object().bucket(reports).key("manifest.csv")
        .body(ByteStream::from(rows.into_bytes())).send().await.unwrap();
    let spec = JobManifestSpec::builder().format(JobManifestFormat::S3BatchOperationsCsv20180820)
        .fields(JobManifestFieldName::Bucket).fields(JobManifestFieldName::Key).build().unwrap();
    let location = JobManifestLocation::builder().object_arn(format!("arn:aws:s3:::{reports}/manifest.csv"))
        .e_tag(manifest.e_tag().unwrap()).build().unwrap();
    let report = JobReport::builder().bucket(format!("arn:aws:s3:::{reports}")).enabled(true)
        .format(JobReportFormat::ReportCsv20180820).prefix("final").report_scope(JobReportScope::AllTasks)
        .build();
    let operation = JobOperation::builder().s3_put_object_tagging(
        S3SetObjectTaggingOperation::builder().tag_set(tag("by", "job")).build()).build();
    let made = jobs.create_job().account_id(ACCOUNT).confirmation_required(false)
        .client_request_token("from-rust").operation(operation)
        .manifest(JobManifest::builder().spec(spec).location(location).build())
        .report(report).priority(10).role_arn(format!("arn:aws:iam::{ACCOUNT}:role/batch"))
        .customize().mutate_request(to_server).send().await.unwrap();
    let job = made.job_id().unwrap();
    jobs.put_job_tagging().account_id(ACCOUNT).job_id(job).tags(tag("client", "rust"))
        .customize().mutate_request(to_server).send().await.unwrap();
    let described = jobs.describe_job().account_id(ACCOUNT).job_id(job)
        .customize().mutate_request(to_server).send().await.unwrap();
    let described = described.job().unwrap();
    assert_eq!(described.status(), Some(&JobStatus::Complete));
    assert_eq!(described.progress_summary().unwrap().number_of_tasks_failed(), Some(1));

    let error = s3.get_object().bucket(bucket).key("nothing").send().await.unwrap_err();
    assert!(error.into_service_error().is_no_such_key());
    println!("told");
}
