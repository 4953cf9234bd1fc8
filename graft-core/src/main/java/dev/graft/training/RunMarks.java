package dev.graft.training;

import dev.graft.image.Augmentation;
import dev.graft.optimization.Balance;
import dev.graft.optimization.NumberLoss;
import dev.graft.targets.OneClass;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a resumed run must have the same, by name, as its checkpoints keep it ({@link Fingerprint}). */
final class RunMarks {
    private RunMarks() {}

    static Map<String, String> of(
            Blueprint blueprint, RunData data, Balance balance, NumberLoss numberLoss, Augmentation augmentation) {
        Map<String, String> marks = new LinkedHashMap<>(blueprint.marks());
        marks.put("phases", Fingerprint.of(blueprint.phases()));
        marks.put("settings", Fingerprint.of(blueprint.settings()));
        if (balance != Balance.NONE) {
            marks.put("balance", balance.name());
        }
        if (numberLoss != NumberLoss.SQUARED) {
            marks.put("loss", numberLoss.name());
        }
        if (!augmentation.equals(Augmentation.none())) {
            marks.put("augmentation", Fingerprint.of(augmentation));
        }
        marks.put("classes", data.train().classNames().toString());
        if (!(data.train().kind() instanceof OneClass)) {
            marks.put("task", data.train().kind().task());
        }
        marks.put("training data", data.train().digest());
        marks.put(
                "validation data",
                data.validation() == null ? "none" : data.validation().digest());
        return marks;
    }
}
