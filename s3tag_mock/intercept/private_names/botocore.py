"""Names of botocore and boto3."""

from __future__ import annotations

from typing import Final

from s3tag_mock.intercept.private_names.row import rows

ROWS: Final = (
    # Answering.
    *rows(
        "required",
        "answering the calls of clients",
        "botocore.endpoint:Endpoint.make_request",
        of_instances=("botocore.endpoint:Endpoint._event_emitter", "botocore.endpoint:Endpoint.host"),
    ),
    *rows(
        "required",
        "knowing whose call it is",
        "botocore.credentials:DeferredRefreshableCredentials.__init__",
        of_instances=(
            "botocore.signers:RequestSigner._credentials",
            "botocore.credentials:RefreshableCredentials._access_key",
        ),
    ),
    # Guarding the network and the user's credentials.
    *rows(
        "required",
        "keeping requests from the network",
        "botocore.httpsession:URLLib3Session.send",
        "botocore.client:BaseClient._make_api_call",
        of_instances=(
            "botocore.client:BaseClient._endpoint",
            "botocore.endpoint:Endpoint.http_session",
        ),
    ),
    *rows(
        "required",
        "checking signatures, and presigning by clients without credentials",
        "botocore.signers:RequestSigner.get_auth_instance",
    ),
    *rows(
        "required",
        "keeping the user's files unread",
        "botocore.configloader:raw_config_parse",
        "botocore.loaders:Loader._potential_locations",
        "botocore.loaders:Loader.CUSTOMER_DATA_PATH",
        "botocore.utils:JSONFileCache._convert_cache_key",
        "botocore.utils:JSONFileCache.__setitem__",
    ),
    *rows(
        "required",
        "keeping the user's credentials unused",
        "botocore.session:Session.__init__",
        "botocore.session:Session.get_credentials",
        "botocore.credentials:create_credential_resolver",
        "botocore.credentials:CredentialResolver.load_credentials",
        "botocore.credentials:RefreshableCredentials.__init__",
        "botocore.credentials:RefreshableCredentials.refresh_needed",
        "botocore.credentials:RefreshableCredentials.get_frozen_credentials",
        "botocore.credentials:DeferredRefreshableCredentials.refresh_needed",
        "botocore.credentials:BotoProvider",
        "botocore.credentials:ContainerProvider",
        "botocore.credentials:EnvProvider",
        "botocore.credentials:InstanceMetadataProvider",
        "botocore.credentials:OriginalEC2Provider",
        of_instances=("botocore.session:Session._credentials",),
    ),
    *rows("required", "keeping transfers from awscrt's own network", "boto3.s3.transfer:_should_use_crt"),
    *rows("required", "giving each mock a default session of its own", "boto3:DEFAULT_SESSION"),
    # Saving time.
    *rows(
        "optional",
        "retries without sleeping",
        "botocore.endpoint:time",
        "botocore.retries.bucket:TokenBucket._sleep_amount",
        of_instances=("botocore.retries.bucket:TokenBucket._current_capacity",),
    ),
    *rows(
        "optional",
        "reading models and endpoint rules, making methods and events' names once in a process",
        "botocore.session:create_loader",
        "botocore.regions:EndpointProvider",
        "botocore.client:ServiceModel",
        "botocore.client:ClientCreator._create_methods",
        "botocore.hooks:EventAliaser.__copy__",
        of_instances=("botocore.loaders:Loader._cache", "botocore.hooks:EventAliaser._alias_name_cache"),
    ),
    *rows(
        "optional",
        "keeping the default session for the next mock",
        "boto3:setup_default_session",
        "botocore.handlers:BUILTIN_HANDLERS",
        of_instances=(
            "boto3.session:Session._session",
            "botocore.session:Session._components",
            "botocore.session:Session._events",
            "botocore.session:Session._last_client_region_used",
            "botocore.session:Session._session_instance_vars",
            "botocore.session:ComponentLocator._components",
            "botocore.hooks:EventAliaser._emitter",
            "botocore.hooks:HierarchicalEmitter._lookup_cache",
        ),
    ),
    *rows("optional", "saying how a profile is provided", "botocore.session:Session.get_scoped_config"),
    *rows(
        "optional",
        "answering calls without a request being written",
        "botocore.serialize:BaseRestSerializer.serialize_to_request",
        "botocore.endpoint:Endpoint._do_get_response",
        of_instances=(
            "botocore.endpoint:Endpoint._response_parser_factory",
            "botocore.history:HistoryRecorder._enabled",
            "botocore.hooks:HierarchicalEmitter._handlers",
        ),
    ),
    *rows(
        "optional",
        "looking up once where calls go",
        "botocore.regions:EndpointRulesetResolver.construct_endpoint",
        "botocore.regions:EndpointRulesetResolver._get_customized_builtins",
        of_instances=("botocore.regions:EndpointRulesetResolver._param_definitions",),
    ),
    *rows(
        "optional", "reading headers without a copy", of_instances=("botocore.awsrequest:HeadersDict._dict",)
    ),
)
