package dev.graft.fuzzing;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.graft.bundle.AdapterBundle;
import dev.graft.bundle.Bundle;
import dev.graft.targets.LabelSet;
import dev.graft.targets.Numbers;
import dev.graft.targets.TargetKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Bundles one of whose files is any bytes at all. The record of their files' digests is left out, as in bundles of old
 * releases: with it, nothing but what was written would be looked at.
 */
class BundlesFuzzTest {
    private static final TargetKind NUMBERS = new Numbers(List.of("price", "size"));
    private static final TargetKind LABELS = new LabelSet(List.of("price", "size"));
    private static final String CONFIG = "config.json";
    private static final String RECORD = ChangedBundle.RECORD;
    private static final String RELEASED = "graft-core/src/test/resources/bundles/";

    static Stream<byte[]> configSeeds() {
        return Stream.of(
                SampleBundles.pictures().get(CONFIG),
                Seeds.file(RELEASED + "v1/config.json"),
                Seeds.file(RELEASED + "v1-confidence/config.json"));
    }

    @MethodSource("configSeeds")
    @FuzzTest
    void config(byte[] content) throws IOException {
        read(Samples.PICTURES, CONFIG, content);
    }

    static Stream<byte[]> configOfCountedWordsSeeds() {
        return Stream.of(SampleBundles.countedWords().get(CONFIG));
    }

    @MethodSource("configOfCountedWordsSeeds")
    @FuzzTest
    void configOfCountedWords(byte[] content) throws IOException {
        read(Samples.COUNTED_WORDS, CONFIG, content);
    }

    static Stream<byte[]> configOfNumbersSeeds() {
        return Stream.of(
                SampleBundles.telling(NUMBERS).get(CONFIG),
                SampleBundles.telling(LABELS).get(CONFIG));
    }

    @MethodSource("configOfNumbersSeeds")
    @FuzzTest
    void configOfNumbers(byte[] content) throws IOException {
        read(Samples.NUMBERS_TOLD, CONFIG, content);
    }

    static Stream<byte[]> termsSeeds() {
        return Stream.concat(
                Stream.of(SampleBundles.countedWords().get("terms.tsv")),
                Seeds.texts("good\t1.5\ngood\t1.5\n", "good\t-1\nbad\tNaN\n", "\t\n"));
    }

    /** The digest of the terms, which the config holds, is made to fit. */
    @MethodSource("termsSeeds")
    @FuzzTest
    void terms(byte[] content) throws IOException {
        read(Samples.COUNTED_WORDS, "terms.tsv", content);
    }

    static Stream<byte[]> labelsSeeds() {
        return Stream.of(SampleBundles.pictures().get("labels.txt"));
    }

    @MethodSource("labelsSeeds")
    @FuzzTest
    void labels(byte[] content) throws IOException {
        read(Samples.PICTURES, "labels.txt", content);
    }

    static Stream<byte[]> weightsSeeds() {
        return Stream.of(SampleBundles.pictures().get("model.safetensors"));
    }

    @MethodSource("weightsSeeds")
    @FuzzTest
    void weights(byte[] content) throws IOException {
        read(Samples.PICTURES, "model.safetensors", content);
    }

    static Stream<byte[]> recordSeeds() {
        return Stream.of(Samples.PICTURES)
                .map(files -> files.getOrDefault(RECORD, "{}".getBytes(StandardCharsets.UTF_8)));
    }

    @MethodSource("recordSeeds")
    @FuzzTest
    void record(byte[] content) throws IOException {
        Path directory = ChangedBundle.withRecord(Samples.PICTURES, RECORD, content);
        Hostile.readOrRefuse(content.length, () -> Bundle.read(directory));
    }

    static Stream<byte[]> configOfSeveralBranchesSeeds() {
        return Stream.of(SampleBundles.severalBranches().get(CONFIG));
    }

    @MethodSource("configOfSeveralBranchesSeeds")
    @FuzzTest
    void configOfSeveralBranches(byte[] content) throws IOException {
        Path directory = ChangedBundle.of(Samples.BRANCHES, CONFIG, content);
        Hostile.readOrRefuse(content.length, () -> Bundle.read(directory));
    }

    static Stream<byte[]> configOfAdaptersSeeds() {
        return Stream.of(SampleBundles.adapters().get("adapter.json"));
    }

    @MethodSource("configOfAdaptersSeeds")
    @FuzzTest
    void configOfAdapters(byte[] content) throws IOException {
        Path directory = ChangedBundle.of(Samples.ADAPTERS, "adapter.json", content);
        Hostile.readOrRefuse(content.length, () -> AdapterBundle.read(directory));
    }

    private static void read(Map<String, byte[]> files, String name, byte[] content) throws IOException {
        Path directory = ChangedBundle.of(files, name, content);
        Hostile.readOrRefuse(content.length, () -> Bundle.kind(directory));
        Hostile.readOrRefuse(content.length, () -> Bundle.read(directory));
        Hostile.readOrRefuse(content.length, () -> Bundle.readBackbone(directory));
    }

    /** Made once. */
    private static final class Samples {
        static final Map<String, byte[]> NUMBERS_TOLD = SampleBundles.telling(NUMBERS);
        static final Map<String, byte[]> PICTURES = SampleBundles.pictures();
        static final Map<String, byte[]> COUNTED_WORDS = SampleBundles.countedWords();
        static final Map<String, byte[]> BRANCHES = SampleBundles.severalBranches();
        static final Map<String, byte[]> ADAPTERS = SampleBundles.adapters();
    }
}
