package dev.graft.backbone;

import dev.graft.error.Problem;
import dev.graft.error.SettingsException;
import dev.graft.layer.Adapter;
import dev.graft.layer.Layer;
import dev.graft.layer.PointwiseLinear;
import dev.graft.layer.SelfAttention;
import dev.graft.layer.Stage;
import dev.graft.weights.FloatTensor;
import dev.graft.weights.WeightSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Low-rank adaptation of a whole backbone: an adapter beside each dense projection, and everything else fixed. Transformers
 * have such projections in attention and feed-forward layers, ConvNeXt in its blocks; convolutions get none.
 *
 * @param adapter what each projection gets
 * @param projections which of them
 */
public record LowRank(Adapter adapter, Set<Projection> projections) {
    /** The kinds of projections. */
    public enum Projection {
        /** Query, key, value and output of attention. */
        ATTENTION,
        /** Every other dense layer, such as the two of a feed-forward block. */
        FEED_FORWARD
    }

    /**
     * Copies the set.
     *
     * @throws SettingsException if it is empty
     */
    public LowRank {
        projections = Set.copyOf(projections);
        if (projections.isEmpty()) {
            throw new SettingsException(Problem.of("Low-rank adaptation needs projections to adapt.")
                    .expected("attention, feed-forward, or both")
                    .found("none"));
        }
    }

    /**
     * Puts adapters into a network before its classifier, where only these are trained.
     *
     * @throws SettingsException if there is nothing to adapt, or a batch normalisation, whose statistics would not stay as
     *     they are
     */
    public Architecture adapt(Architecture architecture) {
        List<Stage> adapted = new ArrayList<>();
        for (Stage stage : architecture.featureStages()) {
            adapted.add(new Stage(stage.name(), adapt(stage.layers(), architecture.id()), true));
        }
        boolean any = adapted.stream()
                .flatMap(stage -> stage.parameters().stream())
                .anyMatch(spec -> spec.role().ofAdapter());
        if (!any) {
            throw new SettingsException(Problem.of("Backbone " + architecture.id() + " has no dense layer to adapt.")
                    .expected("a transformer, or a network with dense layers, such as convnext_tiny")
                    .found(architecture.id() + ", adapting " + projections)
                    .fix("use fine-tuning, or adapt other projections"));
        }
        adapted.add(architecture.classifier());
        return new Architecture(
                architecture.id(), architecture.preparation(), adapted, architecture.weightInitialization());
    }

    /** Whether a network has layers to adapt, and none that does not stay as it is in training. */
    public boolean fits(Architecture architecture) {
        try {
            adapt(architecture);
            return true;
        } catch (SettingsException e) {
            return false;
        }
    }

    private List<Layer> adapt(List<Layer> layers, String id) {
        return layers.stream().map(layer -> adapt(layer, id)).toList();
    }

    private Layer adapt(Layer layer, String id) {
        boolean dense = projections.contains(Projection.FEED_FORWARD);
        if (layer instanceof SelfAttention attention && projections.contains(Projection.ATTENTION)) {
            return new SelfAttention(
                    attention.inputs().stream()
                            .map(input -> input.withAdapter(adapter))
                            .toList(),
                    attention.output().withAdapter(adapter),
                    attention.heads(),
                    attention.causal(),
                    attention.dropout());
        } else if (layer instanceof PointwiseLinear linear && dense) {
            return linear.withAdapter(adapter);
        } else if (layer instanceof Layer.Linear linear && dense) {
            return linear.withAdapter(adapter);
        } else if (layer instanceof Layer.BatchNorm2d norm) {
            throw new SettingsException(
                    Problem.of("Backbone " + id + " has batch normalisation, which cannot be adapted.")
                            .where(norm.name())
                            .expected("a backbone whose layers all stay as they are in training, such as a transformer")
                            .found("running statistics, which move with every batch")
                            .fix("use fine-tuning or feature extraction"));
        }
        return layer.mapChains(chain -> adapt(chain, id));
    }

    /** The projections of an adapted network that have adapters. */
    private static void collect(List<Layer> layers, Map<String, Boolean> inputsFirst) {
        for (Layer layer : layers) {
            if (layer instanceof SelfAttention attention) {
                collect(List.copyOf(attention.inputs()), inputsFirst);
                collect(List.of(attention.output()), inputsFirst);
            } else if (layer instanceof PointwiseLinear linear && linear.adapter() != null) {
                inputsFirst.put(linear.name(), linear.inputsFirst());
            } else if (layer instanceof Layer.Linear linear && linear.adapter() != null) {
                inputsFirst.put(linear.name(), false);
            }
            layer.chains().forEach(chain -> collect(chain, inputsFirst));
        }
    }

    /**
     * Adds the adapters' products to the weights beside them, {@code W + α/r · B·A}: weights of the network without
     * adapters, which compute the same.
     *
     * @param architecture the network without adapters
     * @param weights its tensors and those of the adapters, of as many stages as there are; others stay as they are
     */
    public WeightSet merge(Architecture architecture, WeightSet weights) {
        Map<String, Boolean> inputsFirst = new LinkedHashMap<>();
        adapt(architecture).stages().forEach(stage -> collect(stage.layers(), inputsFirst));
        Map<String, FloatTensor> merged = new LinkedHashMap<>(weights.asMap());
        inputsFirst.forEach((projection, transposed) -> {
            FloatTensor down = merged.remove(Adapter.down(projection));
            FloatTensor up = merged.remove(Adapter.up(projection));
            if (down != null && up != null) {
                merged.put(projection + ".weight", sum(weights.get(projection + ".weight"), down, up, transposed));
            }
        });
        return WeightSet.of(merged);
    }

    private FloatTensor sum(FloatTensor base, FloatTensor down, FloatTensor up, boolean inputsFirst) {
        int rank = Math.toIntExact(down.shape()[0]);
        int in = Math.toIntExact(down.shape()[1]);
        int out = Math.toIntExact(up.shape()[0]);
        float[] values = base.values().clone();
        double[] row = new double[in];
        for (int o = 0; o < out; o++) {
            Arrays.fill(row, 0);
            for (int r = 0; r < rank; r++) {
                double factor = (double) adapter.scale() * up.values()[o * rank + r];
                for (int i = 0; i < in; i++) {
                    row[i] += factor * down.values()[r * in + i];
                }
            }
            for (int i = 0; i < in; i++) {
                int at = inputsFirst ? i * out + o : o * in + i;
                values[at] = (float) (values[at] + row[i]);
            }
        }
        return new FloatTensor(base.shape(), values);
    }
}
