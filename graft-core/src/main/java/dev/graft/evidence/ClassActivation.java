package dev.graft.evidence;

import dev.graft.backbone.Architecture;
import dev.graft.engine.InferenceNetwork;
import dev.graft.engine.Tap;
import dev.graft.evidence.PicturePlace.Cells;
import dev.graft.feature.Pooling;
import dev.graft.layer.Layer;
import dev.graft.weights.WeightSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Divides a logit among the places of the feature maps that the head reads, of a network that ends in maps, a pooling and an
 * affine head. Whether the network before the maps was trained or is frozen makes no difference.
 */
final class ClassActivation implements EvidenceSource {
    private final Architecture architecture;
    private final List<PooledMap> maps;
    private final AffineHead head;
    private final PooledMap finest;

    private ClassActivation(Architecture architecture, List<PooledMap> maps, AffineHead head) {
        this.architecture = architecture;
        this.maps = maps;
        this.head = head;
        PooledMap most = maps.get(0);
        for (PooledMap map : maps) {
            most = places(map) > places(most) ? map : most;
        }
        this.finest = most;
    }

    /**
     * The division for a network.
     *
     * @return empty if something else than means, standardisation and dense layers lies between its maps and its logits, or if
     *     its maps have one place only
     */
    static Optional<EvidenceSource> of(
            Architecture architecture, List<Tap> taps, List<Layer> head, WeightSet headWeights) {
        if (!AffineHead.is(head)) {
            return Optional.empty();
        }
        List<PooledMap> maps = new ArrayList<>();
        for (Tap tap : taps) {
            Optional<PooledMap> map = PooledMap.of(architecture, tap);
            if (map.isEmpty()) {
                return Optional.empty();
            }
            maps.add(map.get());
        }
        return maps.stream().anyMatch(map -> places(map) > 1)
                ? Optional.of(new ClassActivation(architecture, maps, new AffineHead(head, headWeights)))
                : Optional.empty();
    }

    private static int places(PooledMap map) {
        return map.shape().height() * map.shape().width();
    }

    @Override
    public EvidenceMethod method() {
        return EvidenceMethod.CLASS_ACTIVATION;
    }

    @Override
    public Found find(InferenceNetwork network, float[] input, double[] outputs) {
        AffineHead.Logit logit = head.logit(outputs);
        List<String> stages = maps.stream().map(PooledMap::stage).distinct().toList();
        List<float[]> activations = network.activations(
                input,
                stages.stream().map(stage -> new Tap(stage, Pooling.NONE)).toList());
        InputCells cells = cells(finest);
        double[] sums = new double[places(finest)];
        int offset = 0;
        for (PooledMap map : maps) {
            float[] activation = activations.get(stages.indexOf(map.stage()));
            add(map.divide(activation, logit.weights(), offset), map, cells, sums);
            offset += map.features();
        }
        float[] values = new float[sums.length];
        double sum = logit.bias();
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) sums[i];
            sum += values[i];
        }
        return new Found(finest.shape().height(), finest.shape().width(), values, logit.bias(), sum, cells);
    }

    private InputCells cells(PooledMap map) {
        return InputCells.of(architecture.inputShape(), architecture.stagesThrough(map.stage()));
    }

    /** Adds a map to the finest, each cell to those around its middle, in parts that fall with their distance. */
    private void add(double[] places, PooledMap map, InputCells cells, double[] sums) {
        InputCells own = cells(map);
        double[][] rows = parts(
                own.rows(), map.shape().height(), cells.rows(), finest.shape().height());
        double[][] columns = parts(
                own.columns(),
                map.shape().width(),
                cells.columns(),
                finest.shape().width());
        int width = finest.shape().width();
        for (int i = 0; i < places.length; i++) {
            double[] down = rows[i / map.shape().width()];
            double[] across = columns[i % map.shape().width()];
            for (int row = 0; row < down.length; row++) {
                for (int column = 0; down[row] > 0 && column < across.length; column++) {
                    sums[row * width + column] += places[i] * down[row] * across[column];
                }
            }
        }
    }

    /** For each cell its parts of other cells, which sum to 1; the whole to the nearest where none is within a step. */
    private static double[][] parts(Cells from, int count, Cells to, int targets) {
        double[][] parts = new double[count][targets];
        double reach = Math.max(from.step(), to.step());
        for (int i = 0; i < count; i++) {
            double sum = 0;
            int nearest = 0;
            for (int j = 0; j < targets; j++) {
                double distance = Math.abs(to.middle(j) - from.middle(i));
                parts[i][j] = Math.max(0, 1 - distance / reach);
                sum += parts[i][j];
                nearest = distance < Math.abs(to.middle(nearest) - from.middle(i)) ? j : nearest;
            }
            for (int j = 0; j < targets; j++) {
                parts[i][j] = sum > 0 ? parts[i][j] / sum : j == nearest ? 1 : 0;
            }
        }
        return parts;
    }
}
