"""Linear discriminant analysis by scikit-learn, as a reference for DiscriminantSolverTest.

pip install numpy scikit-learn; python make_discriminants.py > discriminants.json

scikit-learn divides the scatter within classes by the rows, Graft by the rows less the classes; the temperature that a case
names makes up for that.
"""

import json

import numpy as np
from sklearn.discriminant_analysis import LinearDiscriminantAnalysis

cases = []
random = np.random.default_rng(7)
for classes, rows, width, shrinkage in ((2, 40, 5, 0.5), (3, 60, 8, 0.1), (4, 18, 30, 0.35), (3, 50, 6, 0.9)):
    labels = np.concatenate([np.arange(classes), random.choice(classes, rows - classes)])
    centers = random.normal(size=(classes, width))
    mixing = random.normal(size=(width, width)) / np.sqrt(width)
    features = (centers[labels] + random.normal(size=(rows, width)) @ mixing) * np.linspace(0.5, 3, width) + 2
    features = features.astype(np.float32).astype(np.float64)
    scaled = (features - features.mean(0)) / features.std(0) / np.sqrt(width)
    model = LinearDiscriminantAnalysis(solver="eigen", shrinkage=shrinkage)
    # The eigen solver weighs the classes' covariances by their shares, as a pooled one does.
    model.fit(scaled, labels)
    cases.append(
        {
            "classes": classes,
            "width": width,
            "shrinkage": shrinkage,
            "temperature": rows / (rows - classes),
            "features": [round(float(v), 6) for v in features.ravel()],
            "labels": [int(v) for v in labels],
            "probabilities": [round(float(v), 7) for v in model.predict_proba(scaled).ravel()],
        }
    )
print(json.dumps({"discriminants": cases}))
