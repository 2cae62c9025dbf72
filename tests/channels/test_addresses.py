"""Is every address that is not of the open internet known as such, and every web address in disguise refused?"""

from __future__ import annotations

import pytest

from app.channels.addresses import NotAllowed, Target, is_open, target_of

CLOSED = (
    "0.0.0.0", "0.1.2.3", "10.0.0.1", "10.255.255.255", "100.64.0.1", "100.127.255.254", "127.0.0.1", "127.8.8.8",  # noqa: S104
    "169.254.169.254", "169.254.0.1", "172.16.0.1", "172.31.255.255", "192.0.0.1", "192.0.0.8", "192.0.0.170",
    "192.0.2.1", "192.31.196.1", "192.52.193.1", "192.88.99.1", "192.168.1.1", "192.175.48.1", "198.18.0.1",
    "198.19.255.255", "198.51.100.7", "203.0.113.9", "224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255",
    "::", "::1", "::7f00:1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254", "::ffff:0:127.0.0.1",
    "64:ff9b::7f00:1", "64:ff9b::10.0.0.1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::1", "64:ff9b:1:ffff::5db8:d822",
    "100::1", "100:0:0:1::1", "2001::1", "2001:0:53aa:64c:0:ffff:f5ff:fffe", "2001:2::1", "2001:10::1",
    "2001:20::1", "2001:db8::1", "2002:7f00:1::", "2002:0a00:0001::1", "2002:5db8:d822::1", "2620:4f:8000::1",
    "3fff::1", "4000::1", "5f00::1", "fc00::1", "fd12:3456:789a::1", "fe80::1", "fe80::1%eth0", "fec0::1",
    "ff02::1", "ff0e::1", "2001:db8::8.8.8.8", "", "localhost", "8.8.8", "0x08080808", "1.2.3.4.5", "[::1]",
)  # fmt: skip
OPEN = (
    "1.1.1.1", "8.8.8.8", "93.184.216.34", "172.15.255.255", "172.32.0.1", "100.63.255.255", "100.128.0.1",
    "192.0.1.1", "223.255.255.255", "198.20.0.1", "2001:200::1", "2001:4860:4860::8888", "2a02:1810::1",
    "2606:4700:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808",
)  # fmt: skip
REFUSED = (
    ("http://haak.example/", "scheme"), ("ftp://haak.example/", "scheme"), ("file:///etc/passwd", "scheme"),
    ("gopher://haak.example/", "scheme"), ("//haak.example/", "scheme"), ("javascript:alert(1)", "scheme"),
    ("https://haak.example:8443/", "port"), ("https://haak.example:80/", "port"), ("https://haak.example:22/", "port"),
    ("https://haak.example:443443/", "url"), ("https://user@haak.example/", "user"),
    ("https://user:geheim@haak.example/", "user"), ("https://haak.example@127.0.0.1/", "user"),
    ("https://127.0.0.1/", "host"), ("https://127.1/", "host"), ("https://2130706433/", "host"),
    ("https://0x7f000001/", "host"), ("https://0x7f.0.0.1/", "host"), ("https://0177.0.0.1/", "host"),
    ("https://127.0.0.1./", "host"), ("https://[::1]/", "host"), ("https://[::ffff:127.0.0.1]/", "host"),
    ("https://[64:ff9b::7f00:1]/", "host"), ("https://localhost/", "host"), ("https://meernet/", "host"),
    ("https://a.localhost/", "host"), ("https://printer.local/", "host"), ("https://metadata.google.internal/", "host"),
    ("https://haak.example./", "host"), ("https://-haak.example/", "host"), ("https://haak..example/", "host"),
    ("https://haak_a.example/", "host"), ("https://%6c%6f%63alhost.example/", "host"), ("https:///pad", "host"),
    ("https://haak.example\\@127.0.0.1/", "url"), ("https://haak.example#@127.0.0.1/", "url"),
    ("https://haak.example/\r\nHost: x", "url"), ("https://haak.example/ x", "url"), ("https://haak.exam\tple/", "url"),
    ("https://haak.example/\x00", "url"), ("https://ｈaak.example/", "url"), ("https://hạak.example/", "url"),
    ("https://[::1/", "url"), ("https://haak.example:port/", "url"), ("https://haak.example/" + "a" * 2000, "url"),
    ("", "url"), (" https://haak.example/", "url"), ("https://①②⑦.0.0.1/", "url"),
)  # fmt: skip


@pytest.mark.parametrize("address", CLOSED)
def test_what_is_not_of_the_open_internet_is_closed(address: str) -> None:
    assert not is_open(address)


@pytest.mark.parametrize("address", OPEN)
def test_the_open_internet_is_open(address: str) -> None:
    assert is_open(address)


@pytest.mark.parametrize(("url", "code"), REFUSED)
def test_a_web_address_in_disguise_is_refused(url: str, code: str) -> None:
    with pytest.raises(NotAllowed) as caught:
        target_of(url)
    assert caught.value.code == code


def test_a_plain_web_address_is_read_as_it_stands() -> None:
    assert target_of("https://Haak.Zandlede.BE/pad/x?y=1") == Target("haak.zandlede.be", 443, "/pad/x?y=1")
    assert target_of("https://haak.zandlede.be:443") == Target("haak.zandlede.be", 443, "/")


def test_the_operator_names_a_place_inside_with_its_port_and_nothing_else() -> None:
    inside = {"localhost:8443"}
    assert target_of("https://localhost:8443/a", inside) == Target("localhost", 8443, "/a")
    for url in ("https://localhost/", "https://localhost:8444/", "https://a.localhost:8443/"):
        with pytest.raises(NotAllowed):
            target_of(url, inside)
    with pytest.raises(NotAllowed):
        target_of("http://localhost:8443/", inside)
