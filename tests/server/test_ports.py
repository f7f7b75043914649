"""A busy port gives way to the next; what cannot be listened to is one sentence."""

import socket

import pytest

from asklearn.app.server.ports import listen, names_of, url_of
from asklearn.core.errors import InputError


def test_a_busy_port_gives_way_to_a_later_one():
    with listen("127.0.0.1", 0) as first:
        port = first.getsockname()[1]
        with listen("127.0.0.1", port) as second:
            assert port < second.getsockname()[1] < port + 50


def test_when_all_are_busy_it_says_so():
    with listen("127.0.0.1", 0) as first, pytest.raises(InputError, match="busy"):
        listen("127.0.0.1", first.getsockname()[1], tries=1)


@pytest.mark.parametrize("host", ["203.0.113.7", "no such host", "nowhere.invalid"])
def test_an_address_of_another_machine_is_one_sentence(host):
    with pytest.raises(InputError, match="Cannot listen at"):
        listen(host, 0)


@pytest.mark.parametrize(
    ("host", "url"),
    [
        ("127.0.0.1", "http://127.0.0.1:80"),
        ("0.0.0.0", "http://127.0.0.1:80"),
        ("::1", "http://[::1]:80"),
        ("::", "http://[::1]:80"),
        ("labels.lan", "http://labels.lan:80"),
    ],
)
def test_the_address_is_one_that_a_browser_takes(host, url):
    assert url_of(host, 80) == url


def test_it_listens_on_loopback_only():
    with listen("127.0.0.1", 0) as listener:
        assert listener.family == socket.AF_INET
        assert listener.getsockname()[0] == "127.0.0.1"


def test_on_the_network_the_machine_answers_under_its_own_name_on_loopback_not():
    assert names_of("127.0.0.1") == ["127.0.0.1"]
    assert {socket.gethostname(), "0.0.0.0"} <= set(names_of("0.0.0.0"))
