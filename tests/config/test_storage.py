import boto3
import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from moto.server import ThreadedMotoServer

from config.storage import storage_from


@pytest.mark.parametrize("address", ["/var/files", "file:///var/files"])
def test_a_path_is_a_folder_without_public_addresses(address):
    assert storage_from(address) == {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": "/var/files", "base_url": None},
    }


def test_an_s3_address_names_bucket_host_and_keys():
    options = storage_from("s3://KEY:a%2Fb@s3.example:9000/eclore?region=gra&tls=0")["OPTIONS"]

    assert options == {
        "bucket_name": "eclore",
        "access_key": "KEY",
        "secret_key": "a/b",
        "endpoint_url": "http://s3.example:9000",
        "region_name": "gra",
        "default_acl": "private",
        "file_overwrite": False,
        "querystring_auth": True,
    }


def test_an_s3_address_is_encrypted_and_keyless_by_default():
    options = storage_from("s3://s3.example/eclore")["OPTIONS"]

    assert (options["endpoint_url"], options["access_key"]) == ("https://s3.example", None)


@pytest.fixture(scope="module")
def s3():
    """A double of S3 that answers over HTTP."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    yield server.get_host_and_port()
    server.stop()


@pytest.fixture
def bucket(s3, settings):
    host, port = s3
    client = boto3.client(
        "s3",
        endpoint_url=f"http://{host}:{port}",
        aws_access_key_id="KEY",
        aws_secret_access_key="SECRET",
        region_name="us-east-1",
    )
    client.create_bucket(Bucket="eclore")
    settings.STORAGES = {
        **settings.STORAGES,
        "default": storage_from(f"s3://KEY:SECRET@{host}:{port}/eclore?region=us-east-1&tls=0"),
    }
    return client


def test_a_file_goes_to_s3_and_comes_back(bucket):
    storage = storages["default"]

    name = storage.save("dossiers/é.pdf", ContentFile(b"%PDF-1.7"))
    with storage.open(name) as kept:
        content = kept.read()

    assert content == b"%PDF-1.7"
    assert storage.size(name) == 8
    assert "Signature=" in storage.url(name)
    storage.delete(name)
    assert not storage.exists(name)


def test_a_second_file_of_the_same_name_does_not_replace_the_first(bucket):
    storage = storages["default"]
    first = storage.save("a.txt", ContentFile(b"1"))

    second = storage.save("a.txt", ContentFile(b"2"))

    assert first != second
    with storage.open(first) as kept:
        assert kept.read() == b"1"
