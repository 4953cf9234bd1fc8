package dev.graft.curation;

import dev.graft.result.LabelReview.Evidence;
import dev.graft.targets.OneClass;
import dev.graft.targets.Targets;
import java.util.List;
import java.util.stream.IntStream;

/** Classes and grades that another class explains better ({@link LabelErrors#find}). */
record ClassDoubts() implements Doubts {
    @Override
    public List<Doubt> find(float[][] answers, Targets targets) {
        List<String> names = targets.kind().names();
        return LabelErrors.find(answers, targets.labels()).stream()
                .map(one -> new Doubt(
                        one.index(),
                        0,
                        one.likelier(),
                        names.get(one.given()) + " → " + names.get(one.likelier()),
                        Evidence.ofProbabilities(one.givenProbability(), one.likelierProbability()),
                        one.flagged()))
                .toList();
    }

    @Override
    public List<String> unchecked(Targets targets) {
        int[] counts = new int[targets.kind().names().size()];
        IntStream.of(targets.labels()).forEach(label -> counts[label]++);
        return IntStream.range(0, counts.length)
                .filter(label -> counts[label] == 1)
                .mapToObj(targets.kind().names()::get)
                .toList();
    }

    @Override
    public String note(Targets targets, String name) {
        return (targets.kind() instanceof OneClass ? "Class " : "Grade ") + name
                + " has one example, of whose label nothing can be said.";
    }

    @Override
    public boolean shows(Targets targets, int example, Doubt doubt) {
        return targets.value(example, 0) == doubt.value();
    }

    @Override
    public String counted() {
        return "label";
    }
}
