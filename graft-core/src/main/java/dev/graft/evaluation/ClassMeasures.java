package dev.graft.evaluation;

import dev.graft.result.Classification;
import dev.graft.result.MeasureResult;
import java.util.List;

/** The accuracy of classes. */
record ClassMeasures(Evaluation evaluation) implements TargetMeasures.Measures {
    @Override
    public double score(int[] examples) {
        Evaluation some = evaluation.some(examples);
        return Metrics.accuracy(some.truth(), some.predicted());
    }

    @Override
    public double loss() {
        return Metrics.crossEntropy(evaluation.answers(), evaluation.truth());
    }

    @Override
    public List<MeasureResult> others() {
        return List.of();
    }

    @Override
    public Classification classification() {
        return Metrics.classify(evaluation.truth(), evaluation.predicted(), evaluation.classNames());
    }
}
