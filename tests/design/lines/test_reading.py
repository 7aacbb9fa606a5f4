"""A line is read from what people have, and every mistake is told at once at its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from klaver.design.lines.reading import read_line
from klaver.language import tell_fault
from klaver.language.tell import LANGUAGES
from klaver.values import Faults

GOOD = "taak;naam;na;An;Bert\nA;knippen;;7,5;3\nB;;A;4;-\nC;;A B;Inf;2.25\n"


def written(folder: Path, text: str, name: str = "line.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def mistakes(path: Path, stations: int | None = None) -> list[tuple[str, int | None, str | None]]:
    with pytest.raises(Faults) as raised:
        read_line(path, stations)
    for fault in raised.value.faults:
        for lang in LANGUAGES:
            assert tell_fault(fault, lang)
    return [(f.code.removeprefix("line."), f.row, f.column) for f in raised.value.faults]


def test_a_table_is_read_with_commas_points_and_words_for_cannot(tmp_path: Path) -> None:
    found = read_line(written(tmp_path, GOOD))
    assert found.decimals == 2
    assert found.workers == ("An", "Bert")
    assert [t.times for t in found.tasks] == [(750, 300), (400, None), (None, 225)]
    assert found.tasks[0].name == "knippen"
    assert found.precedence == (("A", "B"), ("A", "C"), ("B", "C"))


@pytest.mark.parametrize("sign", [";", "\t", ","])
@pytest.mark.parametrize("head", ["task,after,An,Bert", "tâche,après,An,Bert", "Taak,Na,An,Bert"])
def test_signs_and_languages_of_headings_do_not_matter(tmp_path: Path, sign: str, head: str) -> None:
    text = f"{head}\nA,,7,3\nB,A,4,1\n".replace(",", sign)
    assert read_line(written(tmp_path, text)).precedence == (("A", "B"),)


def test_a_table_of_another_encoding_is_read(tmp_path: Path) -> None:
    path = tmp_path / "line.csv"
    path.write_bytes("tâche;après;Zoé\nA;;1\nB;A;2\n".encode("cp1252"))
    assert read_line(path).workers == ("Zoé",)


def test_all_mistakes_of_a_table_are_told_at_once_with_row_and_column(tmp_path: Path) -> None:
    text = "taak;na;An;Bert\nA;;7,5;snel\nB;X A;1.250;3\nA;;1;2\nD;D;-;-\nE;;1,2345;4\n;;1;1\nF;;1\n"
    assert mistakes(written(tmp_path, text)) == [
        ("time", 2, "Bert"),
        ("ambiguous", 3, "An"),
        ("unknown_task", 3, "na"),
        ("task_again", 4, "taak"),
        ("nobody", 5, None),
        ("after_itself", 5, "na"),
        ("decimals", 6, "An"),
        ("task_blank", 7, "taak"),
        ("cells", 8, None),
    ]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "empty"),
        ("An;Bert\n1;2\n", "no_task_column"),
        ("taak;na\nA;\n", "no_workers"),
        ("taak;An;An\nA;1;2\n", "heading_twice"),
        ("taak;;An\nA;1;2\n", "heading_blank"),
        ("taak;An\n", "no_tasks"),
        ('taak;An\n"A;1\n', "quote"),
        ("taak;na;An\nA;B;1\nB;A;1\n", "circle"),
        ("taak;An\nA;9999999\n", "long"),
    ],
)
def test_a_table_that_is_no_line_says_what_is_missing(tmp_path: Path, text: str, code: str) -> None:
    assert code in [found for found, _, _ in mistakes(written(tmp_path, text))]


def test_the_document_of_a_line_is_read_back_as_it_was(tmp_path: Path) -> None:
    found = read_line(written(tmp_path, GOOD))
    assert read_line(written(tmp_path, found.to_json(), "line.json")) == found


def test_mistakes_of_a_document_are_told_at_their_place(tmp_path: Path) -> None:
    text = (
        '{"schema_id": "klaver/line/1", "name": "x", "workers": ["An", "An"], "speed": 1,'
        ' "tasks": [{"id": "A", "times": [1, -2]}, {"id": "B"}], "precedence": []}'
    )
    assert mistakes(written(tmp_path, text, "line.json")) == [
        ("json_value", 1, "times.2"),
        ("json_missing", 2, "times"),
        ("json_extra", None, "speed"),
    ]
    wrong = '{"name": "x", "workers": ["An", "An"], "tasks": [{"id": "A", "times": [1]}], "precedence": [["A", "Z"]]}'
    found = [code for code, _, _ in mistakes(written(tmp_path, wrong, "line.json"))]
    assert found == ["worker_twice", "times", "unknown_task"]
    assert mistakes(written(tmp_path, "{", "line.json")) == [("not_json", None, None)]


def test_the_format_of_the_alwabp_collection_is_read(tmp_path: Path) -> None:
    found = read_line(written(tmp_path, "3\n4 Inf\n5 6\n1 2\n1 2\n1 3\n-1 -1\n", "17"))
    assert [t.times for t in found.tasks] == [(4, None), (5, 6), (1, 2)]
    assert found.precedence == (("1", "2"), ("1", "3"))


def test_mistakes_of_the_collection_are_told_at_row_and_place(tmp_path: Path) -> None:
    text = "3\n4 Inf\n5 x\nInf Inf\n1 9\n2 2\n2 b\n-1 -1\n"
    assert mistakes(written(tmp_path, text, "17")) == [
        ("time", 3, "2"),
        ("no_such_task", 5, "2"),
        ("after_itself", 6, None),
        ("whole", 7, "2"),
        ("nobody", 4, None),
    ]
    assert mistakes(written(tmp_path, "4\n1 2\n", "17")) == [("rows", None, None)]
    assert mistakes(written(tmp_path, "hello\n", "17")) == [("not_known", 1, None)]


ALB = "<number of tasks>\n3\n\n<task times>\n1 5\n2 3\n3 4\n\n<precedence relations>\n1,2\n1,3\n\n<end>\n"


@pytest.mark.parametrize(("name", "text"), [("x.alb", ALB), ("x.IN2", "3\n5\n3\n4\n1,2\n1,3\n-1,-1\n")])
def test_simple_lines_give_every_worker_the_same_times(tmp_path: Path, name: str, text: str) -> None:
    found = read_line(written(tmp_path, text, name), 2)
    assert [t.times for t in found.tasks] == [(5, 5), (3, 3), (4, 4)]
    assert found.precedence == (("1", "2"), ("1", "3"))
    assert mistakes(written(tmp_path, text, name)) == [("stations_needed", None, None)]


def test_mistakes_of_simple_lines_are_told(tmp_path: Path) -> None:
    text = ALB.replace("2 3\n", "7 3\n").replace("1,3", "1,8")
    assert [code for code, _, _ in mistakes(written(tmp_path, text, "x.alb"), 2)] == [
        "task_time", "no_time", "no_such_task",
    ]  # fmt: skip
    assert mistakes(written(tmp_path, "<task times>\n", "x.alb"), 2)[0][0] == "section"
    assert mistakes(written(tmp_path, "3\n5\n", "x.in2"), 2) == [("rows", None, None)]


def test_what_is_no_text_or_not_there_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"\x00\x01")
    assert mistakes(tmp_path / "a.csv")[0][0] == "no_text"
    assert mistakes(tmp_path / "none.csv")[0][0] == "no_file"
    assert mistakes(tmp_path)[0][0] == "folder"
