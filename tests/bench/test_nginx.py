"""What a bench takes from others: the file for operators on its own ports, and what h2load and wrk say."""

import re

import pytest

from app.bench import generators, nginx
from app.bench.generators import H2LOAD, WRK, Sent
from app.bench.troubles import BenchFailed

H2LOAD_SAYS = """\
finished in 5.00s, 24712.40 req/s, 3.44MB/s
requests: {done} total, 124 started, {done} done, {good} succeeded, {bad} failed, {bad} errored, 0 timeout
status codes: {good} 2xx, 0 3xx, {lost} 4xx, 0 5xx
"""
WRK_SAYS = """\
  123562 requests in 5.00s, 17.21MB read
{trouble}Requests/sec:  24712.40
Transfer/sec:      3.44MB
"""


def test_the_bench_runs_the_file_for_operators_and_changes_places_only(tmp_path):
    advised = nginx.ADVISED.read_text()
    ours = nginx.site(advised, 4001, 4002, tmp_path)
    changed = [pair for pair in zip(advised.splitlines(), ours.splitlines(), strict=True) if pair[0] != pair[1]]
    assert [line.strip() for _, line in changed] == [
        f"proxy_cache_path {tmp_path}/cache keys_zone=kaimen:1m max_size=64m inactive=1m;",
        "server 127.0.0.1:4002;",
        "listen 127.0.0.1:4001;",
    ]


def test_a_file_for_operators_with_another_place_is_not_measured_as_if_it_were_that(tmp_path):
    with pytest.raises(BenchFailed, match="listen 80;"):
        nginx.site(nginx.ADVISED.read_text().replace("listen 80;", "listen 8080;"), 1, 2, tmp_path)


def test_one_asks_for_the_next_picture_and_the_sockets_are_passed_on():
    advised = nginx.ADVISED.read_text()
    (place,) = re.findall(r"location ~ (\S+) \{([^}]*)\}", advised)
    assert re.search(place[0], "/hall/live/phone.json")
    assert not re.search(place[0], "/hall/ballots")
    for says in ("proxy_cache_lock on", "proxy_cache_use_stale updating", "proxy_set_header Host $http_host"):
        assert f"{says};" in place[1]
    assert "proxy_set_header Upgrade $http_upgrade;" in advised


def test_what_h2load_says():
    assert H2LOAD.read(H2LOAD_SAYS.format(done=123562, good=123562, bad=0, lost=0)) == Sent(123562, 24712.4, 0)
    assert H2LOAD.read(H2LOAD_SAYS.format(done=12, good=2, bad=0, lost=10)).bad == 10
    assert H2LOAD.read(H2LOAD_SAYS.format(done=12, good=2, bad=3, lost=0)).bad


def test_what_wrk_says():
    assert WRK.read(WRK_SAYS.format(trouble="")) == Sent(123562, 24712.4, 0)
    assert WRK.read(WRK_SAYS.format(trouble="  Non-2xx or 3xx responses: 7\n")).bad == 7
    assert WRK.read(WRK_SAYS.format(trouble="  Socket errors: connect 1, read 2, write 0, timeout 4\n")).bad == 7


@pytest.mark.parametrize("program", [H2LOAD, WRK])
def test_a_program_that_says_something_else_is_quoted(program):
    with pytest.raises(BenchFailed, match="no such option"):
        program.read("no such option")


def test_whichever_is_there_asks(monkeypatch):
    there = {"wrk"}
    monkeypatch.setattr(generators.shutil, "which", lambda name: name if name in there else None)
    assert generators.generator() is WRK
    there.add("h2load")
    assert generators.generator() is H2LOAD
    there.clear()
    assert generators.generator() is None
