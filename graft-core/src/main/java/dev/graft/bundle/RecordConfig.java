package dev.graft.bundle;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.graft.bundle.BundleConfig.CutConfig;
import dev.graft.error.Problem;
import dev.graft.error.WeightsFileException;
import dev.graft.model.ClassRecord;
import dev.graft.model.HeldOut;
import dev.graft.model.HeldOut.KeptFeatures;
import dev.graft.model.TransferModel;
import dev.graft.statistics.ClassDistances.Distance;
import dev.graft.statistics.ClassStatistics;
import dev.graft.statistics.UnknownRule;
import dev.graft.targets.TargetKind;
import dev.graft.targets.Targets;
import dev.graft.weights.FloatTensor;
import dev.graft.weights.InputFiles;
import dev.graft.weights.SafetensorsFile;
import dev.graft.weights.WeightSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What {@code config.json} says of a network's record of its classes, whose numbers are in {@link #FILE}: {@code means} (classes,
 * features); {@code scatter} (features x (features + 1) / 2), the upper triangle row after row; and of held-out examples {@code
 * heldOut.labels} (examples), or of several labels and numbers {@code heldOut.targets} (examples, targets), {@code
 * heldOut.probabilities} (examples, classes or targets), which are numbers where these are told, and {@code heldOut.distances} (examples, 3): the
 * label of the nearest class, the squared distance to it, and the relative one; {@code heldOut.places} (kept) and {@code
 * heldOut.features} (kept, features) of some of them.
 *
 * @param sha256 the digest of that file
 * @param cuts where each branch's features are taken
 * @param counts the number of examples of each class
 * @param targets how many of the features, the last ones, are labels or numbers instead; null for none
 * @param shrinkage of the covariance for linear discriminants
 * @param temperature what their logits are divided by
 * @param unknown how unknown examples are told; null if they are not
 */
record RecordConfig(
        String sha256,
        List<CutConfig> cuts,
        List<Long> counts,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Integer targets,

        double shrinkage,
        double temperature,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable UnknownRule unknown) {
    /** The file of numbers. */
    static final String FILE = "record.safetensors";

    private static final String MEANS = "means";
    private static final String SCATTER = "scatter";
    private static final String LABELS = "heldOut.labels";
    private static final String TARGETS = "heldOut.targets";
    private static final String PROBABILITIES = "heldOut.probabilities";
    private static final String DISTANCES = "heldOut.distances";
    private static final String PLACES = "heldOut.places";
    private static final String FEATURES = "heldOut.features";
    private static final int OF_DISTANCE = 3;
    private static final long MOST_BYTES = 1L << 28;

    static @Nullable RecordConfig of(TransferModel model, @Nullable String sha256) {
        ClassRecord record = model.record();
        return record == null
                ? null
                : new RecordConfig(
                        Objects.requireNonNull(sha256),
                        record.cuts().stream().map(CutConfig::of).toList(),
                        Arrays.stream(record.statistics().counts()).boxed().toList(),
                        record.targets() == 0 ? null : (Integer) record.targets(),
                        record.shrinkage(),
                        record.temperature(),
                        record.unknown());
    }

    /** The numbers of a record, as tensors. */
    static WeightSet tensors(ClassRecord record) {
        ClassStatistics statistics = record.statistics();
        Map<String, FloatTensor> tensors = new LinkedHashMap<>();
        tensors.put(MEANS, FloatTensor.of(statistics.means(), statistics.classes(), statistics.width()));
        float[] scatter = statistics.scatter();
        tensors.put(SCATTER, FloatTensor.of(scatter, scatter.length));
        HeldOut heldOut = record.heldOut();
        if (heldOut != null && heldOut.size() > 0) {
            int count = heldOut.size();
            int classes = heldOut.answers()[0].length;
            float[] truth = floats(heldOut.targets().values());
            float[] probabilities = new float[count * classes];
            float[] distances = new float[count * OF_DISTANCE];
            for (int i = 0; i < count; i++) {
                System.arraycopy(heldOut.answers()[i], 0, probabilities, i * classes, classes);
                Distance distance = heldOut.distances().get(i);
                distances[i * OF_DISTANCE] = distance.nearest();
                distances[i * OF_DISTANCE + 1] = (float) distance.distance();
                distances[i * OF_DISTANCE + 2] = (float) distance.relative();
            }
            tensors.put(
                    record.targets() == 0 ? LABELS : TARGETS,
                    record.targets() == 0
                            ? FloatTensor.of(truth, count)
                            : FloatTensor.of(truth, count, record.targets()));
            tensors.put(PROBABILITIES, FloatTensor.of(probabilities, count, classes));
            tensors.put(DISTANCES, FloatTensor.of(distances, count, OF_DISTANCE));
            putKept(tensors, heldOut.kept(), record.features());
        }
        return WeightSet.of(tensors);
    }

    private static float[] floats(double[] values) {
        float[] narrow = new float[values.length];
        for (int i = 0; i < narrow.length; i++) {
            narrow[i] = (float) values[i];
        }
        return narrow;
    }

    private static void putKept(Map<String, FloatTensor> tensors, KeptFeatures kept, int width) {
        int[] places = kept.places();
        if (places.length > 0) {
            float[] numbers = new float[places.length];
            for (int i = 0; i < places.length; i++) {
                numbers[i] = places[i];
            }
            tensors.put(PLACES, FloatTensor.of(numbers, places.length));
            tensors.put(FEATURES, FloatTensor.of(kept.rows(), places.length, width));
        }
    }

    /**
     * The record, whose numbers lie in the directory.
     *
     * @param kind what the network tells
     */
    ClassRecord read(Path directory, TargetKind kind) {
        Path file = directory.resolve(FILE);
        if (!Files.isRegularFile(file)) {
            throw new WeightsFileException(Problem.of("A bundle lacks its record of classes.")
                    .where(directory)
                    .expected("a file " + FILE + ", which its config.json names")
                    .found("no such file")
                    .fix("restore the file, or write the bundle again"));
        }
        WeightSet tensors;
        try {
            Bundle.requireSize(file, MOST_BYTES);
            byte[] content = InputFiles.readAllBytes(file);
            Bundle.requireDigest(sha256, content, file.toString(), "A bundle's record of classes");
            try (SafetensorsFile opened = SafetensorsFile.parse(content, file.toString())) {
                tensors = opened.readAll();
            }
        } catch (IOException e) {
            throw Bundle.unreadable(file, e);
        }
        long[] known = counts.stream().mapToLong(Long::longValue).toArray();
        ClassStatistics statistics = ClassStatistics.of(
                known, tensors.get(MEANS).values(), tensors.get(SCATTER).values());
        HeldOut heldOut = tensors.contains(LABELS) || tensors.contains(TARGETS) ? heldOut(tensors, kind, file) : null;
        return new ClassRecord(
                cuts.stream().map(CutConfig::toCut).toList(),
                statistics,
                targets == null ? 0 : targets,
                shrinkage,
                temperature,
                heldOut,
                unknown);
    }

    private static HeldOut heldOut(WeightSet tensors, TargetKind kind, Path file) {
        float[] truth = tensors.get(kind.isOneOfNames() ? LABELS : TARGETS).values();
        int classes = kind.names().size();
        float[] probabilities = tensors.get(PROBABILITIES).values();
        float[] distances = tensors.get(DISTANCES).values();
        int count = truth.length / kind.width();
        boolean fit = truth.length == count * kind.width()
                && probabilities.length == count * classes
                && distances.length == count * OF_DISTANCE;
        for (int i = 0; i < truth.length; i++) {
            fit &= kind.objection(i % kind.width(), truth[i]).isEmpty();
        }
        if (!fit) {
            throw new WeightsFileException(Problem.of("A bundle's record of classes does not fit together.")
                    .where(file)
                    .expected("targets, answers and distances of as many held-out examples, for " + kind.task() + " of "
                            + classes + " names")
                    .found(truth.length + " values of targets, " + probabilities.length + " of answers, "
                            + distances.length + " of distances")
                    .fix("restore the file, or write the bundle again"));
        }
        float[][] rows = new float[count][];
        List<Distance> of = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            rows[i] = Arrays.copyOfRange(probabilities, i * classes, (i + 1) * classes);
            of.add(new Distance(
                    (int) distances[i * OF_DISTANCE], distances[i * OF_DISTANCE + 1], distances[i * OF_DISTANCE + 2]));
        }
        double[] values = new double[truth.length];
        Arrays.setAll(values, i -> truth[i]);
        return new HeldOut(
                Targets.of(kind, values), rows, of, tensors.contains(PLACES) ? kept(tensors) : KeptFeatures.NONE);
    }

    private static KeptFeatures kept(WeightSet tensors) {
        float[] numbers = tensors.get(PLACES).values();
        int[] places = new int[numbers.length];
        for (int i = 0; i < places.length; i++) {
            places[i] = (int) numbers[i];
        }
        return new KeptFeatures(places, tensors.get(FEATURES).values());
    }

    /** Notes what is lacking of an entry that is there. */
    void check(Lacking lacking) {
        lacking.check("record.sha256", sha256);
        lacking.check("record.cuts", cuts);
        for (int i = 0; cuts != null && i < cuts.size(); i++) {
            lacking.check("record.cuts[" + i + "]", cuts.get(i));
            if (cuts.get(i) != null) {
                lacking.checkCut("record.cuts[" + i + "]", cuts.get(i));
            }
        }
        lacking.check("record.counts", counts);
        for (int i = 0; counts != null && i < counts.size(); i++) {
            lacking.check("record.counts[" + i + "]", counts.get(i));
        }
    }
}
