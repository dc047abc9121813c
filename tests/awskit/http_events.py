"""HTTP requests as API Gateway, function URLs and load balancers hand them to a function."""

import base64
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

Event = dict[str, Any]

BOUNDARY = "wenyun-boundary"
TEXT_BODIES = ("application/json", "")
TIME_MS = 1_767_225_600_000
TIME = "01/Jan/2026:00:00:00 +0000"


@dataclass(frozen=True, slots=True)
class Request:
    """What a client sent."""

    method: str = "GET"
    path: str = "/"
    query: dict[str, str] = field(default_factory=dict)
    content_type: str = ""
    body: bytes = b""

    def headers(self) -> dict[str, str]:
        """The headers as a client sends them, with the length of the body."""
        found = {"accept": "*/*", "host": "wenyun.example.com", "x-forwarded-proto": "https"}
        if self.content_type:
            found |= {"content-type": self.content_type, "content-length": str(len(self.body))}
        return found

    def payload(self) -> Event:
        """The body as gateways carry it: binary in base64, JSON as it is."""
        if not self.body:
            return {"body": None, "isBase64Encoded": False}
        if self.content_type in TEXT_BODIES:
            return {"body": self.body.decode(), "isBase64Encoded": False}
        return {"body": base64.b64encode(self.body).decode(), "isBase64Encoded": True}


def form(picture: bytes, **options: str) -> Request:
    """A form with the picture and options, as a browser posts it."""
    parts = [
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in options.items()
    ]
    head = (
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="image"; filename="hello.png"\r\n'
        "Content-Type: image/png\r\n\r\n"
    )
    body = b"".join(parts) + head.encode() + picture + f"\r\n--{BOUNDARY}--\r\n".encode()
    content_type = f"multipart/form-data; boundary={BOUNDARY}"
    return Request("POST", "/api/ocr", content_type=content_type, body=body)


def rest(request: Request, stage: str = "prod") -> Event:
    """API Gateway's REST API (payload version 1): the path comes without the stage."""
    headers, query = request.headers(), request.query
    context = {
        "accountId": "123456789012",
        "apiId": "abcdefghij",
        "httpMethod": request.method,
        "identity": {"sourceIp": "203.0.113.9", "userAgent": "curl/8"},
        "path": f"/{stage}{request.path}",
        "protocol": "HTTP/1.1",
        "requestId": "11111111-1111-1111-1111-111111111111",
        "requestTime": TIME,
        "requestTimeEpoch": TIME_MS,
        "resourcePath": "/{proxy+}",
        "stage": stage,
    }
    return {
        "resource": "/{proxy+}",
        "path": request.path,
        "httpMethod": request.method,
        "headers": headers,
        "multiValueHeaders": {name: [value] for name, value in headers.items()},
        "queryStringParameters": query or None,
        "multiValueQueryStringParameters": {n: [v] for n, v in query.items()} or None,
        "pathParameters": {"proxy": request.path.strip("/")},
        "stageVariables": None,
        "requestContext": context,
    } | request.payload()


def http(request: Request, stage: str = "$default", host: str = "execute-api") -> Event:
    """API Gateway's HTTP API (payload version 2): the path begins with a named stage."""
    path = request.path if stage == "$default" else f"/{stage}{request.path}"
    context = {
        "accountId": "123456789012",
        "apiId": "abcdefghij",
        "domainName": f"abcdefghij.{host}.eu-central-1.amazonaws.com",
        "domainPrefix": "abcdefghij",
        "http": {
            "method": request.method,
            "path": path,
            "protocol": "HTTP/1.1",
            "sourceIp": "203.0.113.9",
            "userAgent": "curl/8",
        },
        "requestId": "Jxyz0000000000A=",
        "routeKey": "$default",
        "stage": stage,
        "time": TIME,
        "timeEpoch": TIME_MS,
    }
    event = {
        "version": "2.0",
        "routeKey": "$default",
        "rawPath": path,
        "rawQueryString": urlencode(request.query),
        "headers": request.headers(),
        "requestContext": context,
    } | request.payload()
    return {name: value for name, value in event.items() if value is not None}


def function_url(request: Request) -> Event:
    """A function URL: payload version 2 from another host, always at the root."""
    return http(request, host="lambda-url")


def load_balancer(request: Request) -> Event:
    """An application load balancer: a body that is none is an empty text."""
    arn = (
        "arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/wenyun/0123456789abcdef"
    )
    event = {
        "requestContext": {"elb": {"targetGroupArn": arn}},
        "httpMethod": request.method,
        "path": request.path,
        "queryStringParameters": request.query,
        "headers": request.headers(),
    } | request.payload()
    return event | {"body": event["body"] or ""}
