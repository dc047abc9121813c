"""Objects that arrive, as S3 and SQS tell of them."""

import json
from typing import Any
from urllib.parse import quote_plus

Event = dict[str, Any]

BUCKET = "wenyun-uploads"


def s3_record(key: str, *, name: str = "ObjectCreated:Put", bucket: str = BUCKET) -> Event:
    """One record; `key` as people wrote it, which S3 sends URL-encoded."""
    return {
        "eventVersion": "2.1",
        "eventSource": "aws:s3",
        "awsRegion": "eu-central-1",
        "eventTime": "2026-01-01T00:00:00.000Z",
        "eventName": name,
        "userIdentity": {"principalId": "AWS:AIDAEXAMPLE"},
        "requestParameters": {"sourceIPAddress": "203.0.113.9"},
        "responseElements": {"x-amz-request-id": "C3D13FE58DE4C810"},
        "s3": {
            "s3SchemaVersion": "1.0",
            "configurationId": "inbox",
            "bucket": {
                "name": bucket,
                "ownerIdentity": {"principalId": "A3NL1KOZZKExample"},
                "arn": f"arn:aws:s3:::{bucket}",
            },
            "object": {
                "key": quote_plus(key, safe="/"),
                "size": 1024,
                "eTag": "d41d8cd98f00b204e9800998ecf8427e",
                "sequencer": "0055AED6DCD90281E5",
            },
        },
    }


def s3_event(*keys: str, name: str = "ObjectCreated:Put", bucket: str = BUCKET) -> Event:
    """An event of S3 about some objects."""
    return {"Records": [s3_record(key, name=name, bucket=bucket) for key in keys]}


def notification_event() -> Event:
    """What S3 sends when a notification is set up."""
    return {
        "Service": "Amazon S3",
        "Event": "s3:TestEvent",
        "Time": "2026-01-01T00:00:00.000Z",
        "Bucket": BUCKET,
        "RequestId": "5582815E1AEA5ADF",
        "HostId": "8cLeGAmw098X5cv4Zkwcmo8vvZa3eH3eKxsPzbB9wrR",
    }


def sqs_event(*bodies: object) -> Event:
    """Messages `m-0`, `m-1` … with these bodies; what is no text is sent as JSON."""
    texts = [body if isinstance(body, str) else json.dumps(body) for body in bodies]
    return {"Records": [_message(number, text) for number, text in enumerate(texts)]}


def _message(number: int, body: str) -> Event:
    return {
        "messageId": f"m-{number}",
        "receiptHandle": "AQEBExample",
        "body": body,
        "attributes": {
            "ApproximateReceiveCount": "1",
            "SentTimestamp": "1767225600000",
            "SenderId": "AIDAEXAMPLE",
            "ApproximateFirstReceiveTimestamp": "1767225600001",
        },
        "messageAttributes": {},
        "md5OfBody": "e4e68fb7bd0e697a0ae8f1bb342846b3",
        "eventSource": "aws:sqs",
        "eventSourceARN": "arn:aws:sqs:eu-central-1:123456789012:wenyun-inbox",
        "awsRegion": "eu-central-1",
    }
