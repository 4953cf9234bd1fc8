package dev.graft.weights;

import dev.graft.error.Problem;
import dev.graft.error.WeightsFileException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Safetensors that are spread over several files, the shards, by an index such as
 * {@code model.safetensors.index.json}, as model hubs keep large models.
 *
 * <p>All shards lie in the index's own folder. Opening checks every shard's header, and that index and shards agree on
 * every tensor.
 */
public final class ShardedSafetensors extends TensorFile {
    private static final int SHOWN = 10;

    private final Map<String, SafetensorsFile> shards;
    private final Map<String, SafetensorsFile> shardOf = new LinkedHashMap<>();
    private final Map<String, TensorInfo> tensors = new LinkedHashMap<>();

    /** Knows all names and no data: it answers for names that no shard has. */
    private final StoredTensors unknown;

    private ShardedSafetensors(String name, Map<String, SafetensorsFile> shards) {
        this.shards = shards;
        this.unknown = new StoredTensors(new MemorySource(name, ByteBuffer.allocate(0)), tensors, 0);
    }

    /**
     * Opens an index and all of its shards.
     *
     * @throws WeightsFileException if the index or a shard is not well-formed, a shard is missing or lies elsewhere, or
     *     index and shards differ
     * @throws dev.graft.error.StorageException if the index is not there or a file cannot be read
     */
    public static ShardedSafetensors open(Path index) {
        try (ByteSource source = FileSource.open(index)) {
            return open(index, source);
        }
    }

    /**
     * The file names of the shards that an index names, in order, each once; the shards need not be there.
     *
     * @throws WeightsFileException if the index is not well-formed, or a shard lies outside its folder
     * @throws dev.graft.error.StorageException if the index is not there or cannot be read
     */
    public static List<String> shardNames(Path index) {
        try (ByteSource source = FileSource.open(index)) {
            return ShardIndex.read(source).values().stream().distinct().toList();
        }
    }

    private static ShardedSafetensors open(Path index, ByteSource source) {
        Map<String, String> shardNames = ShardIndex.read(source);
        List<String> files = shardNames.values().stream().distinct().toList();
        requireShards(index, source, files);
        Map<String, SafetensorsFile> opened = new LinkedHashMap<>();
        ShardedSafetensors all = new ShardedSafetensors(source.name(), opened);
        try {
            for (String file : files) {
                opened.put(file, SafetensorsFile.open(index.resolveSibling(file)));
            }
            all.join(source, shardNames);
            return all;
        } catch (RuntimeException | Error e) {
            all.close();
            throw e;
        }
    }

    private static void requireShards(Path index, ByteSource source, List<String> files) {
        if (files.size() > Limits.SHARDS) {
            throw new WeightsFileException(source.problem("it names too many shards")
                    .where("\"weight_map\"")
                    .expected("at most " + Limits.SHARDS + " shards")
                    .found(files.size() + " shards")
                    .fix("join shards before the files are written"));
        }
        List<String> missing = files.stream()
                .filter(file -> !Files.isRegularFile(index.resolveSibling(file)))
                .toList();
        if (!missing.isEmpty()) {
            throw new WeightsFileException(source.problem("shards that it names are missing")
                    .where(index.toAbsolutePath().getParent())
                    .expected(files.size() + " shards beside the index")
                    .found(missing.size() + " missing: " + listed(missing))
                    .fix("download the missing files into the index's folder"));
        }
    }

    /** Fills the tables, in the order of the index. */
    private void join(ByteSource source, Map<String, String> shardNames) {
        List<String> lacking = new ArrayList<>();
        shardNames.forEach((tensor, file) -> {
            SafetensorsFile shard = shards.get(file);
            TensorInfo info = shard == null ? null : shard.tensors().get(tensor);
            if (shard == null || info == null) {
                lacking.add(tensor + " in " + file);
            } else {
                shardOf.put(tensor, shard);
                tensors.put(tensor, info);
            }
        });
        if (!lacking.isEmpty()) {
            throw differ(source, "a shard lacks tensors that it promises", lacking);
        }
        List<String> unlisted = new ArrayList<>();
        shards.forEach((file, shard) -> shard.tensors().keySet().stream()
                .filter(tensor -> !file.equals(shardNames.get(tensor)))
                .forEach(tensor -> unlisted.add(tensor + " in " + file)));
        if (!unlisted.isEmpty()) {
            throw differ(source, "a shard holds tensors that it does not list there", unlisted);
        }
    }

    private static WeightsFileException differ(ByteSource source, String rule, List<String> tensors) {
        return new WeightsFileException(Problem.of(source.problem(rule).what())
                .where("\"weight_map\"")
                .expected("an index and shards that were written together")
                .found(tensors.size() + " tensors: " + listed(tensors))
                .fix("download index and shards again, all from one revision"));
    }

    private static String listed(List<String> names) {
        return names.stream().limit(SHOWN).map(Names::quote).collect(Collectors.joining(", "))
                + (names.size() > SHOWN ? ", …" : "");
    }

    @Override
    public Map<String, TensorInfo> tensors() {
        return Collections.unmodifiableMap(tensors);
    }

    /** The names of the shards, in the order in which the index first names them. */
    public List<String> shardNames() {
        return List.copyOf(shards.keySet());
    }

    @Override
    StoredTensors stored(String name) {
        SafetensorsFile shard = shardOf.get(name);
        return shard == null ? unknown : shard.stored(name);
    }

    @Override
    public void close() {
        shards.values().forEach(SafetensorsFile::close);
    }
}
