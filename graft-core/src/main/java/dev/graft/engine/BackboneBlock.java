package dev.graft.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import dev.graft.backbone.Architecture;
import dev.graft.backbone.Backbone;
import dev.graft.feature.Cut;
import dev.graft.layer.ActivationShape;
import dev.graft.layer.ParameterSpec;
import dev.graft.layer.Stage;
import dev.graft.weights.WeightSet;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * A pretrained backbone, as far as a cut, as a block of a network of your own in DJL, whose trainer trains it.
 *
 * <p>A block for images takes (batch, channels, height, width), prepared as the backbone wants it; one for texts takes rows of
 * the number of tokens, then these, then zeros. Both give the features at the cut, (batch, features). Frozen stages always run
 * in inference mode, without dropout and without touching the running statistics, which DJL's own frozen blocks update; and
 * running statistics never ask for gradients. The initializers that a trainer is configured with do not touch the weights.
 *
 * <p>Holds native memory once it is initialized, which belongs to the model that it is part of.
 */
public final class BackboneBlock extends AbstractBlock {
    private static final byte VERSION = 1;

    private final WeightSet weights;
    private final ActivationShape input;
    private final List<Tap> taps;
    private final int features;
    private final Program frozen;
    private final Program trained;
    private final boolean anythingTrained;
    private final Set<String> frozenNames = new HashSet<>();
    private final Map<ParameterSpec, Parameter> tensors = new LinkedHashMap<>();
    private final long seed;
    private long steps;

    private BackboneBlock(Backbone backbone, Cut cut, int frozenStages, long seed) {
        super(VERSION);
        Architecture architecture = backbone.architecture();
        List<Stage> stages = architecture.stagesThrough(cut.last(architecture));
        int count = Math.min(frozenStages, stages.size());
        this.weights = backbone.weights();
        this.input = architecture.inputShape();
        this.taps = Tap.at(architecture, cut);
        this.features = cut.features(architecture);
        this.frozen = new Program(stages.subList(0, count), taps);
        this.trained = new Program(stages.subList(count, stages.size()), taps);
        this.anythingTrained = count < stages.size();
        this.seed = seed;
        for (int i = 0; i < stages.size(); i++) {
            for (ParameterSpec spec : stages.get(i).parameters()) {
                add(spec, i < count);
            }
        }
    }

    /** A block whose weights stay as they are. */
    public static BackboneBlock frozen(Backbone backbone, Cut cut) {
        return new BackboneBlock(backbone, cut, backbone.architecture().stages().size(), 0);
    }

    /**
     * A block that is trained from a stage on; what comes before is frozen.
     *
     * @param from the first trained stage
     * @param seed of the dropout
     * @throws dev.graft.error.SettingsException if there is no such stage
     */
    public static BackboneBlock trainedFrom(Backbone backbone, Cut cut, String from, long seed) {
        return new BackboneBlock(backbone, cut, backbone.architecture().position(from), seed);
    }

    /**
     * A block of which all is trained.
     *
     * @param seed of the dropout
     */
    public static BackboneBlock trained(Backbone backbone, Cut cut, long seed) {
        return new BackboneBlock(backbone, cut, 0, seed);
    }

    private void add(ParameterSpec spec, boolean isFrozen) {
        if (isFrozen) {
            frozenNames.add(spec.name());
        }
        Parameter.Type type =
                switch (spec.role()) {
                    case WEIGHT, ADAPTER_DOWN, ADAPTER_UP -> Parameter.Type.WEIGHT;
                    case BIAS -> Parameter.Type.BIAS;
                    case SCALE -> Parameter.Type.GAMMA;
                    case LAYER_SCALE, FIXED -> Parameter.Type.OTHER;
                    case RUNNING_MEAN -> Parameter.Type.RUNNING_MEAN;
                    case RUNNING_VARIANCE -> Parameter.Type.RUNNING_VAR;
                };
        Parameter parameter = Parameter.builder()
                .setName(spec.name())
                .setType(type)
                .optRequiresGrad(spec.learned() && !isFrozen)
                .build();
        tensors.put(spec, addParameter(parameter));
    }

    /** Takes the pretrained weights, unless others were loaded into the block. */
    @Override
    public void initialize(NDManager manager, DataType dataType, Shape... inputShapes) {
        tensors.forEach((spec, parameter) -> {
            if (!parameter.isInitialized()) {
                NDArray values = manager.create(weights.get(spec.name()).values(), new Shape(spec.shapeArray()));
                values.setName(spec.name());
                parameter.setArray(values);
            }
        });
        super.initialize(manager, dataType, inputShapes);
    }

    /** Freezes what is trained, or trains it again; what was frozen from the start stays so. */
    @Override
    public void freezeParameters(boolean freeze) {
        tensors.forEach((spec, parameter) -> {
            if (spec.learned() && !frozenNames.contains(spec.name())) {
                parameter.freeze(freeze);
            }
        });
    }

    @Override
    protected NDList forwardInternal(
            ParameterStore store, NDList inputs, boolean training, PairList<String, Object> settings) {
        NDArray batch = inputs.singletonOrThrow();
        Map<String, NDArray> arrays = new LinkedHashMap<>();
        tensors.forEach(
                (spec, parameter) -> arrays.put(spec.name(), store.getValue(parameter, batch.getDevice(), training)));
        Parameters parameters = Parameters.viewing(arrays);
        Entry entry =
                input.isSequence() ? Entry.of(batch, input, Pass.inference()) : new Entry(batch, Pass.inference());
        Program.Outcome first = frozen.run(entry.activation(), parameters, entry.pass());
        Map<Tap, NDArray> tapped = new LinkedHashMap<>(first.tapped());
        if (anythingTrained) {
            Pass pass = training ? entry.pass().trained(seed * 0x9E3779B97F4A7C15L + steps++) : entry.pass();
            tapped.putAll(trained.run(Objects.requireNonNull(first.last()), parameters, pass)
                    .tapped());
        }
        List<NDArray> parts = new ArrayList<>();
        taps.forEach(tap -> parts.add(Objects.requireNonNull(tapped.get(tap))));
        return new NDList(Joining.join(parts));
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputShapes) {
        return new Shape[] {new Shape(inputShapes[0].get(0), features)};
    }
}
