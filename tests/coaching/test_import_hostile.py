"""Files that mean harm, or were saved wrongly: refused quickly with a sentence, and nothing written."""

import contextlib
import io
import time
import tracemalloc
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clients.models import Client, Coach
from coaching.exchange import records, source
from coaching.exchange.problems import Broken
from tests.coaching.bundles import RICH, Said, rich, take_in, write

NAMED = "client_ref,name\nx,{}\n"
SECONDS = 4  # on a machine that does other things too; measured: under one


@pytest.fixture(autouse=True)
def _var(settings: object, tmp_path: Path, dana: Coach) -> None:
    settings.VAR_DIR = tmp_path / "var"  # type: ignore[attr-defined]


def refused(path: Path) -> str:
    begun = time.monotonic()
    said = take_in(path)
    assert time.monotonic() - begun < SECONDS
    assert said.code == 1, said
    assert not Client.objects.exists()
    assert said.problems, said.err
    return said.problems[0]


@pytest.mark.parametrize(
    ("data", "where", "why"),
    [
        ("client_ref,name\nx,Zoë\n".encode("utf-16"), "clients.csv:1: file", "UTF-16"),
        ("client_ref,name\nx,Zoe\n".encode("utf-16-le"), "clients.csv:1: row", "NUL"),
        ("client_ref,name\nx,Zo\xeb\n".encode("latin-1"), "clients.csv:2: name", "0xeb"),
        (b"client_ref,name\nx,Zo\0e\n", "clients.csv:2: name", "NUL"),
        (NAMED.format("y" * 1_000_000).encode(), "clients.csv:2: name", "64 kB"),
        (NAMED.format("y" * 65_537).encode(), "clients.csv:2: name", "64 kB"),
        (b"client_ref,name\nx,y,z\n", "clients.csv:2: row", "3 cells"),
        (b"client_ref,name\nx\n", "clients.csv:2: row", "1 cells"),
        (b"client_ref,name,name\nx,y,z\n", "clients.csv:1: name", "twice"),
        (b'client_ref,name\nx,"y\nz,z\n', "clients.csv:2: row", "does not end"),
        (b'client_ref,name\nx,"y"y\n', "clients.csv:2: row", "closing quote"),
        (b"client_ref,name\rx,y\r", "clients.csv:1: row", "carriage return"),
        (b"x" * 3_000_000, "clients.csv:1: row", "does not end"),
        (b"", "clients.csv:1: client_ref", "missing"),
    ],
    ids=[
        "utf-16", "utf-16 without its mark", "latin-1", "nul", "1 MB in a cell", "just over 64 kB in a cell", "too many cells",
        "too few cells", "a column twice", "an open quote", "text after a quote", "old mac", "a line of 3 MB", "empty",
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_read_is_told_where_and_why(
    tmp_path: Path, data: bytes, where: str, why: str
) -> None:
    problem = refused(write(tmp_path / "b", {"clients.csv": data}))
    assert problem.startswith(f"{where}: "), problem
    assert why in problem


def test_64_kb_in_a_cell_are_fine(tmp_path: Path) -> None:
    note = "y" * 65_536
    sessions = f"session_ref,client_ref,started_at,note\nj1,x,2026-06-01T18:00:00Z,{note}\n"
    files = {"clients.csv": NAMED.format("X"), "sessions.csv": sessions}
    assert take_in(write(tmp_path / "b", files)).code == 0


@pytest.mark.parametrize(
    "text", ["=1+1", "+49 30 1234", "-5", "@cmd", '=HYPERLINK("http://x")', "\tindent", "<script>"]
)
def test_formulas_and_markup_are_text_and_stay_as_they_are(tmp_path: Path, text: str) -> None:
    quoted = '"' + text.replace('"', '""') + '"'
    sessions = f"session_ref,client_ref,started_at,note\nj1,x,2026-06-01T18:00:00Z,{quoted}\n"
    take_in(write(tmp_path / "b", {"clients.csv": NAMED.format("X"), "sessions.csv": sessions}))
    assert Client.objects.get().sessions.get().note == text


def test_more_rows_than_5_million_are_refused_before_they_are_read(tmp_path: Path) -> None:
    path = write(tmp_path / "b", {"clients.csv": b"client_ref\n" + b"x\n" * 10_000_000})
    tracemalloc.start()
    problem = refused(path)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert "5,000,000 rows" in problem
    assert peak < 20_000_000


def test_a_broken_file_does_not_make_the_others_look_wrong(tmp_path: Path) -> None:
    said = take_in(rich(tmp_path / "b", clients=RICH["clients.csv"].encode() + b"x,Zo\xeb,,,,,\n"))
    assert [problem.split(": ")[0] for problem in said.problems] == ["clients.csv:4"]


def test_a_spoilt_row_does_not_hide_what_is_wrong_in_the_next(tmp_path: Path) -> None:
    rows = (
        b"a,Zo\xeb,kg", b'b,"Zo\0e",kg', b"c," + b"y" * 1_000_000 + b",kg", b'd,"D"d,kg', b"e,E", b"f,F,kg,1", b"g,G,stone",
        b"h\xeb,H,kg",
    )  # fmt: skip
    said = take_in(write(tmp_path / "b", {"clients.csv": b"client_ref,name,units\n" + b"\n".join(rows)}))
    assert [":".join(problem.split(":")[1:3]) for problem in said.problems] == [
        "2: name", "3: name", "4: name", "5: row", "6: row", "7: row", "8: units", "9: client_ref",
    ]  # fmt: skip


def test_a_row_of_another_length_still_names_what_others_refer_to(tmp_path: Path) -> None:
    clients = "client_ref,name\na,A\nb\n"
    days = "client_ref,date\na,2026-06-01\nb,2026-06-01\nnobody,2026-06-01\n"
    said = take_in(write(tmp_path / "b", {"clients.csv": clients, "checkins.csv": days}))
    assert [problem.split(": ")[0] for problem in said.problems] == ["clients.csv:3", "checkins.csv:4"]


def test_a_problem_is_one_line_whatever_stood_in_the_cell(tmp_path: Path) -> None:
    text = 'client_ref,units\na,"sto\nne"\nb,\x1b[31mstone\n'
    said = take_in(write(tmp_path / "b", {"clients.csv": text}))
    assert [problem.split(" is not")[0] for problem in said.problems] == [
        'clients.csv:2: units: "sto\\nne"', 'clients.csv:4: units: "\\x1b[31mstone"',
    ]  # fmt: skip


# --- zips ---------------------------------------------------------------------------------------


def zipped(path: Path, *members: tuple[str | zipfile.ZipInfo, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for member, data in members:
            archive.writestr(member, data)
    return path


def link() -> zipfile.ZipInfo:
    info = zipfile.ZipInfo("clients.csv")
    info.external_attr = 0o120777 << 16
    return info


GOOD = ("clients.csv", NAMED.format("X").encode())


def bomb() -> bytes:
    return b"client_ref\n" + b"x" * 40_000_000


@pytest.mark.parametrize(
    ("members", "why"),
    [
        ([("../clients.csv", GOOD[1])], "out of the archive"),
        ([("/etc/clients.csv", GOOD[1])], "out of the archive"),
        ([("a/../../clients.csv", GOOD[1])], "out of the archive"),
        ([("..\\clients.csv", GOOD[1])], "out of the archive"),
        ([("C:\\clients.csv", GOOD[1])], "out of the archive"),
        ([(link(), b"/etc/passwd")], "link"),
        ([GOOD, ("more.zip", b"PK")], "itself an archive"),
        ([GOOD, *((f"{n}.txt", b"") for n in range(40))], "41 members"),
        ([GOOD, *((f"{n}.txt", b"") for n in range(10_000))], "10001 members"),
        ([("a/clients.csv", GOOD[1]), ("b/clients.csv", GOOD[1])], "twice"),
        ([("clients.csv", bomb())], "unpacks to more than"),
        ([("readme.txt", b"")], "none of"),
    ],
    ids=[
        "dots",
        "absolute",
        "dots inside",
        "backslash",
        "drive",
        "link",
        "nested",
        "41",
        "10 k",
        "twice",
        "bomb",
        "none",
    ],
)
def test_a_zip_that_means_harm_is_refused(
    tmp_path: Path, members: list[tuple[str | zipfile.ZipInfo, bytes]], why: str
) -> None:
    problem = refused(zipped(tmp_path / "b.zip", *members))
    assert problem.startswith("b.zip:1: file: ")
    assert why in problem


def test_a_zip_of_more_than_500_mb_of_text_is_refused_unread(tmp_path: Path) -> None:
    path = zipped(tmp_path / "b.zip", *((f"{name}.csv", b"x" * 100) for name in ("clients", "sets")))
    data = bytearray(path.read_bytes())
    at = data.find(b"PK\x01\x02")
    data[at + 24 : at + 28] = (0x7FFFFFFF).to_bytes(4, "little")  # says: unpacked I have 2 GB
    path.write_bytes(data)
    assert "times its size" in refused(path) or "MB of text" in refused(path)


def test_a_zip_that_lies_about_its_size_is_refused(tmp_path: Path) -> None:
    path = zipped(tmp_path / "b.zip", ("clients.csv", NAMED.format("X" * 60_000).encode()))
    data = bytearray(path.read_bytes())
    at = data.find(b"PK\x01\x02")
    data[at + 24 : at + 28] = (64).to_bytes(4, "little")
    path.write_bytes(data)
    said = take_in(path)
    assert said.code == 1
    assert not Client.objects.exists()


@pytest.mark.parametrize("keep", [10, 100, -10])
def test_half_a_zip_is_refused(tmp_path: Path, keep: int) -> None:
    path = zipped(tmp_path / "b.zip", GOOD)
    path.write_bytes(path.read_bytes()[:keep])
    assert "not a zip" in refused(path)


def test_a_zip_larger_than_50_mb_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "b.zip"
    with path.open("wb") as file:
        file.truncate(source.MOST_PACKED + 1)
    assert "50 MB" in refused(path)


def test_a_link_in_a_folder_is_refused(tmp_path: Path) -> None:
    write(tmp_path / "elsewhere", dict([GOOD]))
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "clients.csv").symlink_to(tmp_path / "elsewhere" / "clients.csv")
    assert "not a plain file" in refused(tmp_path / "b")


def test_a_file_that_may_not_be_opened_is_told_by_name(tmp_path: Path) -> None:
    with source.opened(rich(tmp_path / "b")) as found:
        Path(found.places["sets.csv"]).unlink()  # as good as forbidden, for root too
        with pytest.raises(Broken, match="cannot be read"), found.open("sets.csv"):
            pass


def test_a_folder_within_a_zip_and_what_a_mac_adds_are_fine(tmp_path: Path) -> None:
    path = zipped(
        tmp_path / "b.zip",
        ("bundle/", b""),
        ("bundle/clients.csv", GOOD[1]),
        ("__MACOSX/bundle/clients.csv", b"x"),
    )
    said: Said = take_in(path)
    assert said.code == 0, said.err
    assert said.counts["clients.csv"]["created"] == 1


def test_the_spool_is_gone_whatever_happened(tmp_path: Path) -> None:
    take_in(rich(tmp_path / "b"))
    refused_path = write(tmp_path / "c", {"clients.csv": b"client_ref,units\nx,stone\n"})
    assert take_in(refused_path).code == 1
    assert not list((tmp_path / "var" / "imports").iterdir())


def test_no_bytes_at_all_break_the_reader() -> None:
    @given(st.binary(max_size=200) | st.text(alphabet=',"\r\n\0 é;x', max_size=60).map(str.encode))
    def reads(data: bytes) -> None:
        line = 0
        with contextlib.suppress(Broken):
            for at, cells, faults in records.records(io.BytesIO(data), "x.csv"):
                assert at > line
                assert cells or faults
                line = at

    reads()


@pytest.mark.django_db
def test_what_stands_before_a_line_that_breaks_the_file_is_judged_all_the_same(
    tmp_path: Path, dana: Coach
) -> None:
    bundle = tmp_path / "broken"
    bundle.mkdir()
    (bundle / "clients.csv").write_text('client_ref,name\nx,Ann\nx,Bo\ny,"Cy')
    said = take_in(bundle)
    assert said.code == 1
    assert [line.split(": ")[0] for line in said.problems] == ["clients.csv:3", "clients.csv:4"], said.err
