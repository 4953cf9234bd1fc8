"""Makes vocabulary-expected.json beside it: the token numbers that the reference library gives texts when a directory holds
vocab.txt and tokenizer_config.json alone. Both of its implementations, in Python and in Rust, must agree.

    pip install transformers==4.57.1
    python make_vocabulary_reference.py
"""

import json
import shutil
import tempfile
from pathlib import Path

from transformers import BertTokenizer, BertTokenizerFast

HERE = Path(__file__).parent
TEXTS = [
    "",
    "the film is not bad!",
    "GREAT Film, the World",
    "a naïve café. NAÏVE",
    "worlds x y z xyz unknownword",
    "这 film好a",
    "  two\tthree\r\n\u00a0one\u0000\u200b ",
    "[CLS] the [MASK] film [SEP] [cls]",
    "a" * 101,
    "\U0001f389 hello,world!!",
]
SETTINGS = [
    {},
    {"do_lower_case": True},
    {"do_lower_case": False},
    {"do_lower_case": True, "strip_accents": False},
    {"do_lower_case": False, "strip_accents": True},
    {"tokenize_chinese_chars": False},
]


def main():
    expected = []
    for settings in SETTINGS:
        with tempfile.TemporaryDirectory() as folder:
            shutil.copy(HERE / "bert_vocabtxt" / "vocab.txt", folder)
            (Path(folder) / "tokenizer_config.json").write_text(json.dumps(settings))
            fast, slow = (kind.from_pretrained(folder) for kind in (BertTokenizerFast, BertTokenizer))
            ids = [fast(text)["input_ids"] for text in TEXTS]
            for text, one in zip(TEXTS, ids):
                if one != slow(text)["input_ids"]:
                    print("differ:", settings, repr(text), one, slow(text)["input_ids"])
            expected.append({"settings": settings, "ids": ids})
    content = {"texts": TEXTS, "expected": expected}
    (HERE / "vocabulary-expected.json").write_text(json.dumps(content, ensure_ascii=True, indent=1) + "\n")


main()
