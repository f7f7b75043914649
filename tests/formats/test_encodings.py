"""Encodings: detected, said, and a byte that does not belong is a bad row by its line."""

from __future__ import annotations

import pytest

from asklearn.core.errors import InputError
from asklearn.formats import read

TEXT = "id,body\n1,Grüße aus Köln – schön\n2,plain\n"


@pytest.mark.parametrize(
    ("encoding", "said"),
    [
        ("utf-8", "UTF-8"),
        ("utf-8-sig", "UTF-8 with BOM"),
        ("utf-16", "UTF-16"),
        ("utf-16-le", "UTF-16 without BOM"),
        ("utf-16-be", "UTF-16 without BOM"),
        ("utf-32", "UTF-32"),
        ("cp1252", "windows-1252"),
    ],
)
@pytest.mark.parametrize("name", ["tickets.csv", "tickets.jsonl", "tickets.json"])
def test_the_encoding_is_detected_and_said(got, encoding, said, name):
    text = {
        "tickets.csv": TEXT,
        "tickets.jsonl": '{"id": "1", "body": "Grüße aus Köln – schön"}\n{"id": "2", "body": "plain"}\n',
        "tickets.json": '[{"id": "1", "body": "Grüße aus Köln – schön"},\n{"id": "2", "body": "plain"}]\n',
    }[name]
    found = got(text, name, encoding)
    assert found.items == {"id": ["1", "2"], "body": ["Grüße aus Köln – schön", "plain"]}
    assert found.reading.encoding == said


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("cp1252", "Où est ma commande ? Je n'ai rien reçu, c'est déjà la troisième fois."),
        ("cp1252", "¿Cómo puedo cambiar la dirección de envío?"),
        ("cp1250", "Nie mogę się zalogować do aplikacji, proszę o pomoc."),
        ("cp1250", "Chci zrušit objednávku, ještě nepřišla žádná zpráva."),
        ("cp1251", "Здравствуйте, не приходит заказ, помогите пожалуйста."),
        ("cp1253", "Καλημέρα, δεν μπορώ να συνδεθώ στην εφαρμογή."),
        ("cp1254", "Şifremi değiştirmek istiyorum, lütfen yardım edin."),
        ("cp1257", "Labdien, mans pasūtījums vēl nav pienācis, lūdzu palīdziet."),
        ("cp932", "注文した商品がまだ届きません。確認をお願いします。"),
        ("gb18030", "我的订单还没有到，请帮我查一下物流信息。"),
    ],
)
def test_code_pages_are_told_by_their_letters(got, encoding, text):
    found = got(f'id,body\n1,"{text}"\n2,ok\n', file_encoding=encoding)
    assert found.items["body"] == [text, "ok"]
    assert "(a guess by its letters)" in found.reading.notes()[0]


def test_the_first_foreign_letter_may_come_late(got):
    rows = "".join(f"{at},plain text of row {at}\n" for at in range(30_000))
    found = got("id,body\n" + rows + "x,Grüße\n", file_encoding="cp1252")
    assert found.items["body"][-1] == "Grüße"
    assert found.reading.encoding == "windows-1252"


def test_a_damaged_byte_is_a_bad_row(got):
    good = "".join(f"{at},é\n" for at in range(20)).encode()
    found = got(b"id,body\n" + good + b"bad,caf\xe9\n" + b"last,\xc3\xa9\n", on_error="skip")
    assert found.items["id"][-1] == "last"
    assert found.said == [
        "tickets.csv, line 22, column 'body': byte 0xE9 is not UTF-8; mend it, or name the file's encoding"
    ]


def test_a_byte_that_the_named_encoding_lacks_is_a_bad_row(got):
    found = got(b"id,body\n1,a\x81b\n2,c\n", encoding="windows-1252", on_error="skip")
    assert found.items["id"] == ["2"]
    assert "byte 0x81 is not windows-1252" in found.said[0]


def test_half_a_pair_at_the_end_of_utf_16_is_a_bad_row(got):
    found = got("id,body\n1,a\n2,b".encode("utf-16-le") + b"\x3d", encoding="utf-16-le", on_error="skip")
    assert found.items["id"] == ["1"]
    assert "line 3" in found.said[0]


def test_the_encoding_may_be_told(got):
    assert got(TEXT, file_encoding="cp1252", encoding="latin-1").items["id"] == ["1", "2"]


def test_an_unknown_encoding_is_said(path_of):
    with pytest.raises(InputError, match="no encoding 'utf-9'"):
        read(path_of(TEXT), encoding="utf-9")


def test_other_line_separators_are_letters(got):
    text = "one\u2028two\x85three\x0bfour\x0cfive"
    assert got(f"id,body\n1,{text}\n2,x\n").items["body"] == [text, "x"]
