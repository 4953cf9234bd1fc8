package dev.graft.strategy;

import dev.graft.backbone.Architecture;
import dev.graft.error.Problem;
import dev.graft.error.SettingsException;
import dev.graft.feature.Cut;
import dev.graft.feature.Pooling;
import dev.graft.head.Head;
import dev.graft.layer.Stage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Strategies by name, as options and results write them: a name, and behind an {@code @} where it applies.
 *
 * <table>
 * <caption>The names</caption>
 * <tr><td>{@code feature-extraction}</td><td>logistic regression on the last stage before the classifier</td></tr>
 * <tr><td>{@code feature-extraction@conv1+conv2}</td><td>the same on those stages, feature maps pooled by mean, maximum
 *     and standard deviation, and joined</td></tr>
 * <tr><td>{@code fine-tuning}, {@code fine-tuning@layer4}</td><td>everything, or that stage and those after it</td></tr>
 * <tr><td>{@code l2-sp}, {@code l2-sp@layer4}</td><td>the same stages, held near their pretrained weights</td></tr>
 * <tr><td>{@code lp-ft}, {@code lp-ft@layer4}</td><td>linear probe, then fine-tuning of everything, or of that stage and those
 *     after it</td></tr>
 * <tr><td>{@code contrastive}, {@code contrastive@layer4}</td><td>texts of one class made alike, by everything, or by that
 *     stage and those after it, then logistic regression</td></tr>
 * <tr><td>{@code gradual-unfreezing}, {@code gradual-unfreezing@layer4+layer3}</td><td>stage by stage from the last, or
 *     those stages in that order</td></tr>
 * <tr><td>{@code lora}</td><td>low-rank adapters beside a backbone that stays as it is</td></tr>
 * <tr><td>{@code from-scratch}</td><td>the same network from random weights</td></tr>
 * </table>
 */
public final class Strategies {
    private static final String AT = "@";
    private static final String JOINED = "\\+";
    private static final Map<String, BiFunction<Architecture, List<String>, Strategy>> MAKERS = makers();

    private Strategies() {}

    private static Map<String, BiFunction<Architecture, List<String>, Strategy>> makers() {
        Map<String, BiFunction<Architecture, List<String>, Strategy>> makers = new LinkedHashMap<>();
        makers.put("feature-extraction", Strategies::featureExtraction);
        makers.put("fine-tuning", (architecture, stages) -> fineTuning(stages));
        makers.put(L2Sp.NAME, (architecture, stages) -> l2Sp(stages));
        makers.put(LinearProbeFineTuning.NAME, (architecture, stages) -> linearProbeFineTuning(stages));
        makers.put(Contrastive.NAME, (architecture, stages) -> contrastive(stages));
        makers.put("gradual-unfreezing", (architecture, stages) -> new GradualUnfreezing(stages));
        makers.put(Lora.NAME, (architecture, stages) -> without(Lora.NAME, stages, Lora.defaults()));
        makers.put(FromScratch.NAME, (architecture, stages) -> without(FromScratch.NAME, stages, new FromScratch()));
        return makers;
    }

    /** The names, without places. */
    public static List<String> names() {
        return List.copyOf(MAKERS.keySet());
    }

    /**
     * The strategy of that name for a backbone.
     *
     * @throws SettingsException if there is none, or the architecture lacks a stage that is named
     */
    public static Strategy named(String text, Architecture architecture) {
        int at = text.indexOf(AT);
        String name = at < 0 ? text : text.substring(0, at);
        List<String> stages =
                at < 0 ? List.of() : List.of(text.substring(at + 1).split(JOINED, -1));
        @Nullable BiFunction<Architecture, List<String>, Strategy> maker = MAKERS.get(name);
        if (maker == null) {
            throw new SettingsException(Problem.of("There is no strategy '" + name + "'.")
                    .expected(String.join(", ", names()))
                    .found(text)
                    .fix("choose one of these; behind an @ some take stages, as in fine-tuning@"
                            + last(architecture).name()));
        }
        stages.forEach(architecture::position);
        return maker.apply(architecture, stages);
    }

    private static Strategy featureExtraction(Architecture architecture, List<String> stages) {
        if (stages.isEmpty()) {
            return FeatureExtraction.defaults();
        }
        boolean maps = stages.stream()
                .anyMatch(stage -> architecture.outputShape(stage).hasPlaces());
        return FeatureExtraction.at(new Cut(stages, maps ? Pooling.MEAN_MAX_STD : Pooling.NONE))
                .named("feature-extraction@" + String.join("+", stages));
    }

    private static Strategy fineTuning(List<String> stages) {
        requireOneAtMost("fine-tuning", stages);
        return stages.isEmpty() ? FineTuning.all() : FineTuning.from(stages.get(0));
    }

    private static Strategy linearProbeFineTuning(List<String> stages) {
        requireOneAtMost(LinearProbeFineTuning.NAME, stages);
        return stages.isEmpty() ? LinearProbeFineTuning.defaults() : LinearProbeFineTuning.from(stages.get(0));
    }

    private static Strategy l2Sp(List<String> stages) {
        requireOneAtMost(L2Sp.NAME, stages);
        return stages.isEmpty() ? L2Sp.all() : L2Sp.from(stages.get(0));
    }

    private static Strategy contrastive(List<String> stages) {
        requireOneAtMost(Contrastive.NAME, stages);
        return stages.isEmpty() ? Contrastive.all() : Contrastive.from(stages.get(0));
    }

    private static void requireOneAtMost(String name, List<String> stages) {
        if (stages.size() > 1) {
            throw new SettingsException(Problem.of("Fine-tuning starts at one stage.")
                    .expected("the first stage to train, as in " + name + AT + stages.get(0))
                    .found(String.join("+", stages)));
        }
    }

    private static Strategy without(String name, List<String> stages, Strategy strategy) {
        if (!stages.isEmpty()) {
            throw new SettingsException(Problem.of("The strategy '" + name + "' takes no stage.")
                    .expected(name)
                    .found(name + AT + String.join("+", stages)));
        }
        return strategy;
    }

    private static Stage last(Architecture architecture) {
        List<Stage> stages = architecture.featureStages();
        return stages.get(stages.size() - 1);
    }

    /**
     * The head of that name.
     *
     * @throws SettingsException if there is none
     */
    public static Head head(String name) {
        return switch (name) {
            case "logistic-regression" -> Head.LogisticRegression.defaults();
            case "discriminant-analysis" -> Head.Discriminant.defaults();
            case "linear" -> new Head.Classifier(0);
            case "mlp" -> Head.Mlp.defaults();
            default ->
                throw new SettingsException(Problem.of("There is no head '" + name + "'.")
                        .expected("logistic-regression, discriminant-analysis, linear or mlp")
                        .found(name));
        };
    }
}
