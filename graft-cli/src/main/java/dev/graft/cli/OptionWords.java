package dev.graft.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/**
 * What the library's advice is called on the command line: where a message tells a program to use a setting, it has the
 * option for it in its place, if the command has that option, and nothing otherwise.
 */
final class OptionWords {
    /** The library's names, each with the words that stand for it, of which the first count whose options are there. */
    private static final Map<String, List<Words>> WORDS = new LinkedHashMap<>();

    static {
        put("FolderLayout.CLASSES", new Words("--layout classes", "--layout"));
        put("FolderLayout.PARTS", new Words("--layout parts", "--layout"));
        put("FolderLayout.INNERMOST", new Words("--layout innermost", "--layout"));
        put(
                "LabeledTable.withColumns",
                new Words(
                        "--image-column, --text-column, --number-columns, --category-columns",
                        "--image-column",
                        "--text-column",
                        "--number-columns",
                        "--category-columns"),
                new Words("--text-column", "--text-column"));
        put("LabeledTable.withLabel", new Words("--label-column", "--label-column"));
        put("LabeledTable.withTargets", new Words("--task", "--task"));
        put("TargetReading.withSeparator", new Words("--label-separator", "--label-separator"));
        put("TargetReading.withGrades", new Words("--grades", "--grades"));
        put("LabeledTable.withoutBad", new Words("--skip-bad", "--skip-bad"));
        put("TableFile.withoutHeader", new Words("--no-header", "--no-header"));
        put("ImageScan.readable", new Words("--skip-bad", "--skip-bad"));
        put("ImageScan.unreadable", new Words("`graft doctor`"));
        put("TransferLearning.resume", new Words("--resume", "--resume"));
        put("Backbones.load", new Words("--backbone, --weights", "--backbone", "--weights"));
        put("Architectures.ids", new Words("`graft backbones` lists them"));
        put("Architecture.outputShapes", new Words("`graft inspect` shows their shapes"));
        put("TransferLearning.on", new Words("`graft fit`"));
        put("ServerBuilder.token", new Words("--token TOKEN, or GRAFT_TOKEN in the environment", "--token"));
        put("ServerBuilder.examples", new Words("--examples NAME=DIR|FILE", "--examples"));
        put("a Charset such as", new Words("with --charset, such as", "--charset"));
    }

    private OptionWords() {}

    private static void put(String name, Words... words) {
        WORDS.put(name, List.of(words));
    }

    private record Words(String words, List<String> options) {
        Words(String words, String... options) {
            this(words, List.of(options));
        }
    }

    /** The names of all options that are ever advised here. */
    static List<String> names() {
        return WORDS.values().stream()
                .flatMap(List::stream)
                .flatMap(words -> words.options().stream())
                .distinct()
                .toList();
    }

    /** What the library says, with the options of the command that it was said in. */
    static String in(String message, @Nullable CommandSpec command) {
        String told = message;
        for (Entry<String, List<Words>> one : WORDS.entrySet()) {
            Optional<Words> there = one.getValue().stream()
                    .filter(words -> command != null
                            && words.options().stream().allMatch(option -> command.findOption(option) != null))
                    .findFirst();
            told = there.isPresent()
                    ? told.replace(one.getKey(), there.get().words())
                    : told.replace(" (" + one.getKey() + ")", "");
        }
        return told;
    }
}
