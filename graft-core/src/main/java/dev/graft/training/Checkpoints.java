package dev.graft.training;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.graft.error.Problem;
import dev.graft.error.SettingsException;
import dev.graft.error.StorageException;
import dev.graft.error.WeightsFileException;
import dev.graft.result.EpochResult;
import dev.graft.storage.AtomicFiles;
import dev.graft.storage.FileRecord;
import dev.graft.storage.Manifest;
import dev.graft.storage.NewDirectory;
import dev.graft.weights.InputFiles;
import dev.graft.weights.NonFinite;
import dev.graft.weights.SafetensorsFile;
import dev.graft.weights.SafetensorsWriter;
import dev.graft.weights.WeightSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Saves and finds the state of a run: {@code last/} in the run's directory, and {@code previous/}, the one before it. A
 * crash at any moment leaves one of them whole.
 */
final class Checkpoints {
    /** The version of the format. A newer one is refused. */
    static final int FORMAT = 1;

    private static final String STATE = "state.json";
    private static final String STATE_DIGEST = "state.sha256";
    private static final int DIGEST_CHARACTERS = 64;
    private static final String WEIGHTS = "weights.safetensors";
    private static final String OPTIMIZER = "optimizer.safetensors";
    private static final String BEST = "best.safetensors";
    private static final Set<String> FILES = Set.of(WEIGHTS, OPTIMIZER, BEST);
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private final Path directory;
    private final int everySteps;
    private final Map<String, String> fingerprint;

    /**
     * Checkpoints of one run.
     *
     * @param directory the run's directory
     * @param everySteps also save after so many steps within a phase; 0 to save after each epoch only
     * @param fingerprint what must be the same when the run is resumed, by name
     */
    Checkpoints(Path directory, int everySteps, Map<String, String> fingerprint) {
        this.directory = directory;
        this.everySteps = everySteps;
        this.fingerprint = new TreeMap<>(fingerprint);
    }

    Path directory() {
        return directory;
    }

    boolean dueAt(long step) {
        return everySteps > 0 && step % everySteps == 0;
    }

    /** The numbers of a checkpoint, and size and SHA-256 of each of its files. */
    private record Saved(
            int format,
            Map<String, String> fingerprint,
            int phase,
            int epoch,
            int step,
            double lossSum,
            @JsonProperty("correct") double score,
            int seen,
            long optimizerSteps,
            @Nullable Double bestLoss,
            int epochsWithoutBetter,
            List<EpochResult> history,
            Map<String, FileMark> files) {}

    private record FileMark(long bytes, String sha256) {}

    void save(RunState state) {
        Path next = directory.resolve("next");
        AtomicFiles.writeDirectory(next, Manifest.Kind.CHECKPOINT, true, into -> {
            Map<String, FileMark> files = new LinkedHashMap<>();
            files.put(WEIGHTS, write(into, WEIGHTS, state.weights));
            if (state.optimizer != null) {
                files.put(OPTIMIZER, write(into, OPTIMIZER, state.optimizer));
            }
            if (state.bestWeights != null) {
                files.put(BEST, write(into, BEST, state.bestWeights));
            }
            Saved saved = new Saved(
                    FORMAT,
                    fingerprint,
                    state.phase,
                    state.epoch,
                    state.step,
                    state.lossSum,
                    state.score,
                    state.seen,
                    state.optimizerSteps,
                    Double.isInfinite(state.bestLoss) ? null : state.bestLoss,
                    state.epochsWithoutBetter,
                    List.copyOf(state.history),
                    files);
            byte[] numbers = JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(saved);
            into.write(STATE, numbers);
            into.write(STATE_DIGEST, FileRecord.of(numbers).sha256());
        });
        rotate(next);
    }

    private void rotate(Path next) {
        Path last = directory.resolve("last");
        Path previous = directory.resolve("previous");
        if (Files.exists(last)) {
            AtomicFiles.renameDirectory(last, previous, Manifest.Kind.CHECKPOINT);
        }
        AtomicFiles.renameDirectory(next, last, Manifest.Kind.CHECKPOINT);
    }

    /** Whether there is anything to resume from. */
    boolean exist() {
        return candidates().stream().anyMatch(Files::exists);
    }

    /**
     * The newest whole state.
     *
     * @throws WeightsFileException if all are damaged, one was altered, or it was written by a newer version
     * @throws SettingsException if there is none, or it belongs to another run
     */
    RunState load(TrainingListener listener) {
        List<String> damaged = new ArrayList<>();
        for (Path candidate : candidates()) {
            if (!Files.exists(candidate)) {
                continue;
            }
            try {
                RunState state = load(candidate);
                damaged.forEach(listener::warning);
                return state;
            } catch (TruncatedException e) {
                damaged.add("The checkpoint " + candidate + " is incomplete (" + e.getMessage()
                        + "); going on from the one before it.");
            }
        }
        if (damaged.isEmpty()) {
            throw new SettingsException(Problem.of("There is no checkpoint to resume from.")
                    .where(directory)
                    .expected("a directory 'last' or 'previous'")
                    .fix("start from the beginning, without resuming"));
        }
        throw new WeightsFileException(Problem.of("Every checkpoint is incomplete.")
                .where(directory)
                .found(String.join("\n", damaged))
                .fix("start again from the beginning, without resuming"));
    }

    private List<Path> candidates() {
        return List.of(directory.resolve("next"), directory.resolve("last"), directory.resolve("previous"));
    }

    private RunState load(Path candidate) throws TruncatedException {
        Saved saved = readNumbers(candidate);
        requireSameRun(saved.fingerprint());
        for (Map.Entry<String, FileMark> file : saved.files().entrySet()) {
            requireWhole(candidate.resolve(file.getKey()), file.getValue());
        }
        RunState state = new RunState(read(candidate.resolve(WEIGHTS)));
        if (saved.files().containsKey(OPTIMIZER)) {
            state.optimizer = read(candidate.resolve(OPTIMIZER));
        }
        if (saved.files().containsKey(BEST)) {
            state.bestWeights = read(candidate.resolve(BEST));
        }
        state.phase = saved.phase();
        state.epoch = saved.epoch();
        state.step = saved.step();
        state.lossSum = saved.lossSum();
        state.score = saved.score();
        state.seen = saved.seen();
        state.optimizerSteps = saved.optimizerSteps();
        state.bestLoss = saved.bestLoss() == null ? Double.POSITIVE_INFINITY : saved.bestLoss();
        state.epochsWithoutBetter = saved.epochsWithoutBetter();
        state.history.addAll(saved.history());
        return state;
    }

    private Saved readNumbers(Path candidate) throws TruncatedException {
        Path file = candidate.resolve(STATE);
        try {
            byte[] content = InputFiles.readAllBytes(file);
            requireKnownFormat(file, content);
            @Nullable Saved saved = JSON.readValue(content, Saved.class);
            String digest = InputFiles.readString(candidate.resolve(STATE_DIGEST));
            if (digest.length() < DIGEST_CHARACTERS) {
                throw new TruncatedException(STATE_DIGEST + " is too short");
            }
            requireDigest(file, content, digest);
            return requireComplete(file, saved);
        } catch (IOException | JacksonException e) {
            throw new TruncatedException(file.getFileName() + " cannot be read");
        }
    }

    private static Saved requireComplete(Path file, @Nullable Saved saved) {
        if (saved == null
                || !whole(saved.fingerprint())
                || !whole(saved.files())
                || !saved.files().containsKey(WEIGHTS)
                || !FILES.containsAll(saved.files().keySet())
                || saved.files().values().stream().anyMatch(mark -> mark.sha256() == null || mark.bytes() < 0)
                || saved.history() == null
                || saved.history().contains(null)) {
            throw new WeightsFileException(Problem.of("A checkpoint does not say where its run stands.")
                    .where(file)
                    .expected("fingerprint, history and files, " + WEIGHTS + " among them")
                    .found("not all of these, or other files")
                    .fix("restore the file, or start again in another directory"));
        }
        return saved;
    }

    private static boolean whole(@Nullable Map<String, ?> entries) {
        return entries != null && entries.values().stream().noneMatch(Objects::isNull);
    }

    private static void requireKnownFormat(Path file, byte[] content) {
        int format = JSON.readTree(content).path("format").asInt(FORMAT);
        if (format > FORMAT) {
            throw new WeightsFileException(Problem.of("A checkpoint was written by a newer version of Graft.")
                    .where(file)
                    .expected("format " + FORMAT + " or older")
                    .found("format " + format)
                    .fix("resume with the version that wrote it, or a newer one"));
        }
    }

    private void requireSameRun(Map<String, String> found) {
        List<String> differences = new ArrayList<>();
        TreeMap<String, String> all = new TreeMap<>(found);
        fingerprint.forEach(all::putIfAbsent);
        for (String name : all.keySet()) {
            String then = found.getOrDefault(name, "nothing");
            String now = fingerprint.getOrDefault(name, "nothing");
            differences.addAll(MarkDifference.of(name, then, now));
        }
        if (!differences.isEmpty()) {
            throw new SettingsException(Problem.of("The checkpoint belongs to another run.")
                    .where(directory)
                    .expected("the same data, classes and settings")
                    .found(String.join("\n", differences))
                    .fix("resume with the same settings, or start in another directory"));
        }
    }

    private static void requireWhole(Path file, FileMark mark) throws TruncatedException {
        try {
            if (!Files.exists(file) || Files.size(file) < mark.bytes()) {
                throw new TruncatedException(file.getFileName() + " has " + (Files.exists(file) ? Files.size(file) : 0)
                        + " of " + mark.bytes() + " bytes");
            }
            requireDigest(file, InputFiles.readAllBytes(file), mark.sha256());
        } catch (IOException e) {
            throw new StorageException(
                    Problem.of("A checkpoint's file cannot be read.")
                            .where(file)
                            .found(e),
                    e);
        }
    }

    private static void requireDigest(Path file, byte[] content, String expected) {
        String found = FileRecord.of(content).sha256();
        if (!found.equals(expected)) {
            throw new WeightsFileException(Problem.of("A checkpoint's file was changed after it was written.")
                    .where(file)
                    .expected("SHA-256 " + expected)
                    .found("SHA-256 " + found)
                    .fix("restore the file, or start again from the beginning, without resuming"));
        }
    }

    private static FileMark write(NewDirectory into, String name, WeightSet weights) throws IOException {
        FileRecord written = into.stream(name, stream -> SafetensorsWriter.writeTo(stream, weights, Map.of()));
        return new FileMark(written.bytes(), written.sha256());
    }

    private static WeightSet read(Path file) {
        try (SafetensorsFile opened = SafetensorsFile.open(file)) {
            return opened.readAll(NonFinite.ALLOW);
        }
    }

    /** A checkpoint was cut off while it was written, which a crash explains. */
    private static final class TruncatedException extends Exception {
        private static final long serialVersionUID = 1L;

        TruncatedException(String message) {
            super(message);
        }
    }
}
