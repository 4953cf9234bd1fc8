package dev.graft.benchmark;

import dev.graft.backbone.Architecture;
import dev.graft.engine.Examples;
import dev.graft.engine.StepSettings;
import dev.graft.engine.Tap;
import dev.graft.engine.TrainableNetwork;
import dev.graft.engine.TrainingPlan;
import dev.graft.feature.ImageRows;
import dev.graft.feature.Pooling;
import dev.graft.layer.Layer;
import dev.graft.layer.ParameterSpec;
import dev.graft.optimization.Optimizer;
import dev.graft.weights.WeightSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Graft's bare training step: a batch from resident images, forward, backward, Adam. */
final class GraftStep implements Work {
    static final double LEARNING_RATE = 1e-3;
    private static final long SEED = 42;

    private final Examples examples;
    private final TrainableNetwork network;
    private final Batches batches;
    private long steps;
    private double loss;

    GraftStep(Task task) {
        Architecture architecture = task.backbone().architecture();
        SyntheticImages data = task.data();
        String last = architecture
                .featureStages()
                .get(architecture.featureStages().size() - 1)
                .name();
        TrainingPlan plan = new TrainingPlan(
                architecture.inputShape(),
                architecture.featureStages(),
                List.of(new Tap(last, Pooling.NONE)),
                architecture.classifier().layers(),
                SyntheticImages.CLASSES);
        examples = new Examples(new ImageRows(data, architecture.preprocessing()), List.of(), data.labels());
        network = network(plan, initial(architecture), architecture.parameters());
        batches = new Batches(task.images(), task.batch());
    }

    /** The random weights that every peer's training starts from. */
    static WeightSet initial(Architecture architecture) {
        return architecture.weightInitialization().initialize(architecture.parameters(), SEED);
    }

    /** A head on its own, from random weights. */
    static TrainableNetwork head(TrainingPlan plan, Architecture architecture) {
        List<ParameterSpec> specs = plan.head().stream()
                .map(Layer::parameters)
                .flatMap(List::stream)
                .toList();
        return network(plan, architecture.weightInitialization().initialize(specs, SEED), specs);
    }

    private static TrainableNetwork network(TrainingPlan plan, WeightSet weights, List<ParameterSpec> specs) {
        Map<String, Double> rates = new HashMap<>();
        specs.forEach(spec -> rates.put(spec.name(), LEARNING_RATE));
        return new TrainableNetwork(plan, weights, new StepSettings(Optimizer.adam(), rates, Double.POSITIVE_INFINITY));
    }

    @Override
    public void run() {
        int[] batch = batches.next();
        loss = network.step(examples, batch, steps++, 1).lossSum() / batch.length;
    }

    @Override
    public float[] outcome() {
        return new float[] {(float) loss};
    }

    @Override
    public void close() {
        network.close();
        examples.close();
    }
}
