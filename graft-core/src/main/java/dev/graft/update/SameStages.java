package dev.graft.update;

import dev.graft.error.Problem;
import dev.graft.error.SettingsException;
import dev.graft.layer.ParameterSpec;
import dev.graft.model.ModelBranch;
import dev.graft.model.TransferModel;
import java.util.List;
import java.util.Objects;

/** Makes sure that two networks make the same features of an example. */
final class SameStages {
    private SameStages() {}

    static void require(TransferModel first, TransferModel second) {
        List<ModelBranch> branches = first.branches();
        List<ModelBranch> others = second.branches();
        boolean alike = branches.size() == others.size()
                && Objects.requireNonNull(first.record())
                        .cuts()
                        .equals(Objects.requireNonNull(second.record()).cuts());
        for (int i = 0; alike && i < branches.size(); i++) {
            ModelBranch branch = branches.get(i);
            ModelBranch other = others.get(i);
            alike = branch.name().equals(other.name())
                    && branch.columns().equals(other.columns())
                    && branch.architecture().id().equals(other.architecture().id())
                    && branch.architecture()
                            .preparation()
                            .fingerprint()
                            .equals(other.architecture().preparation().fingerprint())
                    && sameWeights(first, second, branch, other);
        }
        if (!alike) {
            throw new SettingsException(Problem.of("Two networks that make different features cannot be put together.")
                    .expected("the same backbone, its stages not trained in either, and the same last stage")
                    .found(described(first) + ", and " + described(second))
                    .fix("fit both by feature extraction at one cut, or one of them on all the data"));
        }
    }

    private static boolean sameWeights(
            TransferModel first, TransferModel second, ModelBranch branch, ModelBranch other) {
        List<String> names = branch.parameters().map(ParameterSpec::name).toList();
        List<String> alsoThere = other.parameters().map(ParameterSpec::name).toList();
        return names.stream().filter(alsoThere::contains).allMatch(name -> first.weights()
                .get(name)
                .equals(second.weights().get(name)));
    }

    private static String described(TransferModel model) {
        return model.lineage().backbone() + " by " + model.lineage().strategy() + ", features of "
                + Objects.requireNonNull(model.record()).cuts();
    }
}
