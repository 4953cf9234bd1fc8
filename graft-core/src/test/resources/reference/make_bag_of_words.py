"""Makes bag_of_words.json: what scikit-learn makes of counted words.

    pip install scikit-learn==1.9.1
    python make_bag_of_words.py

The texts are ASCII words with single spaces, so that the tokenisation is not in question.
"""
import json
import pathlib

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

TEXTS = [
    "a gorgeous witty seductive movie",
    "a movie that is a movie that is not",
    "dull dull dull and not witty",
    "witty and gorgeous and not dull",
    "the plot is a mess",
    "the plot is gorgeous",
]
LABELS = [1, 0, 0, 1, 2, 2]
OTHERS = ["a witty mess", "nothing of this was ever seen before", "dull movie dull movie"]
PENALTIES = [1.0, 0.1]


def regressions(train, others):
    for classes in (3, 2):
        rows = [i for i, label in enumerate(LABELS) if label < classes]
        for penalty in PENALTIES:
            model = LogisticRegression(C=1 / penalty, tol=1e-10, max_iter=10000)
            model.fit(train[rows], np.array(LABELS)[rows])
            yield {
                "classes": classes,
                "rows": rows,
                "penalty": penalty,
                "weights": model.coef_.tolist(),
                "biases": model.intercept_.tolist(),
                "probabilities": model.predict_proba(others).tolist(),
            }


def main():
    vectorizer = TfidfVectorizer(
        ngram_range=(1, 2), sublinear_tf=True, token_pattern=r"\S+", norm="l2", smooth_idf=True
    )
    train = vectorizer.fit_transform(TEXTS)
    others = vectorizer.transform(OTHERS)
    content = {
        "texts": TEXTS,
        "labels": LABELS,
        "others": OTHERS,
        "terms": vectorizer.get_feature_names_out().tolist(),
        "idf": vectorizer.idf_.tolist(),
        "vectors": train.toarray().tolist(),
        "otherVectors": others.toarray().tolist(),
        "regressions": list(regressions(train, others)),
    }
    path = pathlib.Path(__file__).with_name("bag_of_words.json")
    path.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")


main()
