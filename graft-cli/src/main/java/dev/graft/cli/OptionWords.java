package dev.graft.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/**
 * What the library's advice is called on the command line: where a message tells a program to use a setting, it has the
 * option for it in its place, if the command has that option, and nothing otherwise.
 */
final class OptionWords {
    /** The library's names, each with its options and the words that stand for it. */
    private static final Map<String, Words> WORDS = new LinkedHashMap<>();

    static {
        WORDS.put("FolderLayout.CLASSES", new Words("--layout classes", "--layout"));
        WORDS.put("FolderLayout.PARTS", new Words("--layout parts", "--layout"));
        WORDS.put("FolderLayout.INNERMOST", new Words("--layout innermost", "--layout"));
        WORDS.put(
                "TextFile.withColumns", new Words("--text-column, --label-column", "--text-column", "--label-column"));
        WORDS.put("TextFile.withoutHeader", new Words("--no-header", "--no-header"));
        WORDS.put("ItemColumns", new Words("--image-column, --text-column", "--image-column", "--text-column"));
        WORDS.put("ImageScan.readable", new Words("--skip-bad", "--skip-bad"));
        WORDS.put("ImageScan.unreadable", new Words("`graft doctor`"));
        WORDS.put("TransferLearning.resume", new Words("--resume", "--resume"));
        WORDS.put("Backbones.load", new Words("--backbone, --weights", "--backbone", "--weights"));
        WORDS.put("Architectures.ids", new Words("`graft backbones` lists them"));
        WORDS.put("Architecture.outputShapes", new Words("`graft inspect` shows their shapes"));
        WORDS.put("TransferLearning.on", new Words("`graft fit`"));
        WORDS.put("a Charset such as", new Words("with --charset, such as", "--charset"));
    }

    private OptionWords() {}

    private record Words(String words, List<String> options) {
        Words(String words, String... options) {
            this(words, List.of(options));
        }
    }

    /** The names of all options that are ever advised here. */
    static List<String> names() {
        return WORDS.values().stream()
                .flatMap(words -> words.options().stream())
                .distinct()
                .toList();
    }

    /** The message with the options of the command that it failed in. */
    static String in(String message, @Nullable CommandSpec command) {
        String told = message;
        for (Entry<String, Words> one : WORDS.entrySet()) {
            boolean there = command != null
                    && one.getValue().options().stream().allMatch(option -> command.findOption(option) != null);
            told = there
                    ? told.replace(one.getKey(), one.getValue().words())
                    : told.replace(" (" + one.getKey() + ")", "");
        }
        return told;
    }
}
