package dev.graft.training;

import dev.graft.feature.Cut;
import dev.graft.feature.Pooling;
import dev.graft.head.Fusion;
import dev.graft.head.Head;
import dev.graft.image.Augmentation;
import dev.graft.image.Mixing;
import dev.graft.layer.Adapter;
import dev.graft.layer.Layer;
import dev.graft.optimization.Objective;
import dev.graft.optimization.Optimizer;
import dev.graft.optimization.TrainingSettings;
import dev.graft.strategy.Frozen;
import dev.graft.strategy.LearningRates;
import dev.graft.strategy.Penalty;
import dev.graft.strategy.Phase;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What a resumed run must have the same, as checkpoints keep it: {@code Name[first=1, second=2]}. The form is written out here, so
 * that a record may get another name, or another component, without checkpoints that no longer fit. What was added later stands
 * there only where it is not at its usual value. {@link MarkDifference} reads it.
 */
final class Fingerprint {
    private static final String CHOSEN = "chosen";

    private Fingerprint() {}

    static String of(List<Phase> phases) {
        return list(phases.stream().map(Fingerprint::of).toList());
    }

    private static String of(Phase phase) {
        String added = (phase.penalty().equals(Penalty.NONE) ? "" : ", penalty=" + of(phase.penalty()))
                + of(phase.objective())
                + (phase.runningStatistics() ? ", runningStatistics" : "");
        return "Phase[name=" + phase.name() + ", frozen=" + of(phase.frozen()) + ", epochs=" + phase.epochs()
                + ", rates=" + of(phase.rates()) + ", schedule="
                + phase.schedule().name() + added + "]";
    }

    private static String of(Objective objective) {
        if (objective instanceof Objective.Classes classes) {
            return classes.labelSmoothing() == 0 ? "" : ", labelSmoothing=" + classes.labelSmoothing();
        }
        return ", objective=Pairs[]";
    }

    private static String of(Penalty penalty) {
        return record("Penalty", "startingPoint", penalty.startingPoint(), "head", penalty.head());
    }

    private static String of(LearningRates rates) {
        String each = rates.branches().isEmpty() ? "" : ", branches=" + map(rates.branches(), Fingerprint::of);
        return "LearningRates[head=" + rates.head() + ", backbone=" + rates.backbone() + ", stageDecay="
                + rates.stageDecay() + each + "]";
    }

    private static String of(Frozen frozen) {
        if (frozen instanceof Frozen.Through through) {
            return record("Through", "stage", through.stage());
        } else if (frozen instanceof Frozen.ByBranch each) {
            return record("ByBranch", "branches", map(each.branches(), Fingerprint::of));
        }
        return frozen instanceof Frozen.Everything ? "Everything[]" : "Nothing[]";
    }

    static String of(TrainingSettings settings) {
        return record(
                "TrainingSettings",
                "epochs",
                settings.epochs(),
                "batchSize",
                settings.batchSize(),
                "learningRate",
                settings.learningRate(),
                "optimizer",
                of(settings.optimizer()),
                "schedule",
                settings.schedule().name(),
                "clipNorm",
                settings.clipNorm(),
                "patience",
                settings.patience(),
                "seed",
                settings.seed());
    }

    private static String of(Optimizer optimizer) {
        return record(
                "Optimizer",
                "kind",
                optimizer.kind().name(),
                "beta1",
                optimizer.beta1(),
                "beta2",
                optimizer.beta2(),
                "epsilon",
                optimizer.epsilon(),
                "weightDecay",
                optimizer.weightDecay());
    }

    static String of(Augmentation changes) {
        return record(
                "Augmentation",
                "flip",
                changes.flip(),
                "shift",
                changes.shift(),
                "zoom",
                changes.zoom(),
                "rotation",
                changes.rotation(),
                "color",
                changes.color(),
                "erasing",
                changes.erasing(),
                "mixing",
                changes.mixing().name(),
                "views",
                changes.views());
    }

    /** The changes that one view of an image depends on: not how many views there are, nor what is done with them later. */
    static String ofView(Augmentation changes) {
        return of(changes.withViews(1).withMixing(Mixing.NONE));
    }

    static String of(Cut cut) {
        Pooling pooling = cut.places().get(0).pooling();
        return cut.isPooledBy(pooling)
                ? record("Cut", "stages", cut.stages(), "pooling", pooling.name())
                : record(
                        "Cut",
                        "places",
                        list(cut.places().stream()
                                .map(place -> record(
                                        "Place",
                                        "stage",
                                        place.stage(),
                                        "pooling",
                                        place.pooling().name()))
                                .toList()));
    }

    static String of(Head head) {
        if (head instanceof Head.Mlp mlp) {
            return record("Mlp", "hidden", mlp.hidden(), "dropout", mlp.dropout());
        } else if (head instanceof Head.Classifier classifier) {
            return record("Classifier", "dropout", classifier.dropout());
        } else if (head instanceof Head.LogisticRegression regression) {
            Object penalty = regression.penalty() == null ? CHOSEN : regression.penalty();
            return record("LogisticRegression", "penalty", penalty, "stagesEqual", regression.stagesEqual());
        } else if (head instanceof Head.Ridge ridge) {
            Object penalty = ridge.penalty() == null ? CHOSEN : ridge.penalty();
            return record("Ridge", "penalty", penalty, "stagesEqual", ridge.stagesEqual());
        } else if (head instanceof Head.Discriminant discriminant) {
            Head.Discriminant.Strength strength = discriminant.strength();
            return strength == null
                    ? record("Discriminant", "strength", CHOSEN)
                    : record("Discriminant", "shrinkage", strength.shrinkage(), "temperature", strength.temperature());
        } else if (head instanceof Head.Ensemble ensemble) {
            return record(
                    "Ensemble",
                    "members",
                    list(ensemble.members().stream()
                            .map(member -> record(
                                    "Member",
                                    "blocks",
                                    member.blocks(),
                                    "head",
                                    of(member.head()),
                                    "weight",
                                    member.weight()))
                            .toList()));
        }
        return record(
                "Own",
                "own",
                list(((Head.Own) head).own().stream().map(Fingerprint::of).toList()));
    }

    /** A layer of a network's own classifier. */
    private static String of(Layer layer) {
        if (layer instanceof Layer.Linear linear) {
            return record(
                    "Linear",
                    "name",
                    linear.name(),
                    "inFeatures",
                    linear.inFeatures(),
                    "outFeatures",
                    linear.outFeatures(),
                    "adapter",
                    linear.adapter() == null ? "null" : of(linear.adapter()));
        } else if (layer instanceof Layer.Dropout dropout) {
            return record("Dropout", "rate", dropout.rate());
        }
        return layer.getClass().getSimpleName() + "[" + layer.describe() + "]";
    }

    static String of(Fusion fusion) {
        return fusion instanceof Fusion.Gated gated ? record("Gated", "width", gated.width()) : "Concatenation[]";
    }

    static String of(Adapter adapter) {
        return record("Adapter", "rank", adapter.rank(), "alpha", adapter.alpha(), "dropout", adapter.dropout());
    }

    private static String record(String name, Object... namesAndValues) {
        return IntStream.range(0, namesAndValues.length / 2)
                .mapToObj(i -> namesAndValues[2 * i] + "=" + namesAndValues[2 * i + 1])
                .collect(Collectors.joining(", ", name + "[", "]"));
    }

    private static String list(List<String> members) {
        return members.stream().collect(Collectors.joining(", ", "[", "]"));
    }

    private static <T> String map(Map<String, T> values, Function<T, String> form) {
        return values.entrySet().stream()
                .map(one -> one.getKey() + "=" + form.apply(one.getValue()))
                .collect(Collectors.joining(", ", "{", "}"));
    }
}
